import { filesOf, isPicture } from "gallery/dropped-files";
import { holdOn, UploadLink } from "gallery/upload-link";
import { drawRows } from "gallery/upload-rows";

/** <upload-panel>: takes pictures by drop, paste and choice, and shows what becomes of each, on whichever page one is. */
const ON_PAGE = { click: "choose", dragenter: "hover", dragover: "hover", dragleave: "unhover", drop: "drop", paste: "paste" };

customElements.define("upload-panel", class extends HTMLElement {
  connectedCallback() {
    this.link ??= new UploadLink(this.dataset.address, this.dataset.token);
    this.panel = this.querySelector(".upload-panel");
    this.list = this.querySelector(".upload-panel__files");
    this.link.addEventListener("change", this);
    this.addEventListener("change", (event) => this.chosen(event.target));
    this.panel.addEventListener("click", (event) => this.press(event.target.closest("button")));
    for (const kind of Object.keys(ON_PAGE)) document.addEventListener(kind, this);
  }

  disconnectedCallback() {
    this.link.removeEventListener("change", this);
    for (const kind of Object.keys(ON_PAGE)) document.removeEventListener(kind, this);
  }

  handleEvent(event) {
    if (event.type === "change") this.show();
    else this[ON_PAGE[event.type]](event);
  }

  take(files) {
    if (!files.length) return;
    this.link.add(files);
    this.say(`Importing ${files.length} ${files.length === 1 ? "file" : "files"}`);
  }

  choose(event) {
    const carrier = event.target.closest("[data-upload]");
    if (!carrier) return;
    event.preventDefault();
    carrier.closest("[popover]")?.hidePopover();
    this.querySelector(`[data-pick=${carrier.dataset.upload}]`).click();
  }

  chosen(input) {
    const files = [...input.files];
    this.take(input.dataset.pick === "folder" ? files.filter(isPicture) : files);
    input.value = "";
  }

  hover(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.querySelector(".drop-note").hidden = false;
  }

  unhover(event) { if (!event.relatedTarget) this.querySelector(".drop-note").hidden = true; }

  async drop(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.querySelector(".drop-note").hidden = true;
    this.take(await filesOf(event.dataTransfer));
  }

  paste(event) {
    const files = [...event.clipboardData.files].filter(isPicture);
    if (files.length) this.take(files);
  }

  press(button) {
    if (button?.matches("[data-open]")) this.unfold(this.list.hidden);
    else if (button?.matches("[data-again]")) this.link.ask("again");
    else if (button?.matches("[data-end]")) this.link.ask("end");
    else if (button?.dataset.act) this.link.ask(button.dataset.act, { at: Number(button.closest("li").dataset.at) });
  }

  unfold(isOpen) {
    this.list.hidden = !isOpen;
    this.panel.querySelector("[data-open]").setAttribute("aria-expanded", String(isOpen));
    this.link.unfold(isOpen);
  }

  show() {
    const { all, headline, note, percent, canRetry, isHeld, isSending, rows } = this.link.state;
    this.panel.hidden = !all;
    this.panel.classList.toggle("is-held", isHeld);
    this.panel.querySelector("[data-headline]").textContent = headline;
    this.panel.querySelector("[data-note]").textContent = note;
    this.panel.querySelector(".ring__value").setAttribute("stroke-dasharray", `${percent} 100`);
    this.panel.querySelector("[data-end]").setAttribute("aria-label", isSending ? "Cancel the import" : "Close");
    this.panel.querySelector("[data-again]").hidden = !canRetry;
    if (!all && !this.list.hidden) this.unfold(false);
    if (rows) drawRows(this.list, rows, all, this.querySelector("[data-row]"));
    this.tellChanges(this.link.state);
  }

  tellChanges({ isBusy, isHeld, headline, note }) {
    if (this.wasBusy && !isBusy) this.say([headline, note].filter(Boolean).join(", "));
    if (isHeld && !this.wasHeld) this.say(note);
    Object.assign(this, { wasBusy: isBusy, wasHeld: isHeld });
  }

  say(text) { this.querySelector("[data-said]").textContent = text; }
});

if (!document.querySelector("upload-panel")) holdOn();
