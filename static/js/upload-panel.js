import { filesOf, isPicture } from "gallery/dropped-files";
import { drawRows, summary } from "gallery/upload-rows";
import { UploadQueue } from "gallery/upload-queue";

/** <upload-panel>: takes pictures by drop, paste and choice, and shows what becomes of each. */
const KEPT = "uploads";
const ON_PAGE = { click: "choose", dragenter: "hover", dragover: "hover", dragleave: "unhover", drop: "drop", paste: "paste" };

customElements.define("upload-panel", class extends HTMLElement {
  connectedCallback() {
    this.queue ??= new UploadQueue(this.dataset.address, this.dataset.token);
    this.panel = this.querySelector(".upload-panel");
    this.list = this.querySelector(".upload-panel__files");
    this.queue.addEventListener("change", this);
    this.addEventListener("change", (event) => this.chosen(event.target));
    this.panel.addEventListener("click", (event) => this.press(event.target.closest("button")));
    for (const kind of Object.keys(ON_PAGE)) document.addEventListener(kind, this);
    for (const kind of ["beforeunload", "pagehide"]) addEventListener(kind, this);
    this.queue.resume(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"));
  }

  disconnectedCallback() {
    this.queue.removeEventListener("change", this);
    for (const kind of Object.keys(ON_PAGE)) document.removeEventListener(kind, this);
    for (const kind of ["beforeunload", "pagehide"]) removeEventListener(kind, this);
  }

  handleEvent(event) {
    if (event.type === "change") this.showSoon();
    else if (event.type === "beforeunload") { if (this.queue.isSending) event.preventDefault(); }
    else if (event.type === "pagehide") this.keep();
    else this[ON_PAGE[event.type]](event);
  }

  take(files) {
    if (!files.length) return;
    this.queue.add(files);
    this.say(`Importing ${files.length} ${files.length === 1 ? "file" : "files"}`);
  }

  choose(event) {
    const carrier = event.target.closest("[data-upload]");
    if (!carrier) return;
    event.preventDefault();
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
    else if (button?.matches("[data-again]")) this.queue.retryAll();
    else if (button?.matches("[data-end]")) this.end();
    else if (button?.dataset.act) this.queue[button.dataset.act](this.queue.items[button.closest("li").dataset.at]);
  }

  unfold(isOpen) {
    this.list.hidden = !isOpen;
    this.panel.querySelector("[data-open]").setAttribute("aria-expanded", String(isOpen));
    this.show();
  }

  end() {
    this.queue.cancelAll();
    if (this.queue.isBusy) return;
    this.queue.clear();
    this.unfold(false);
  }

  keep() {
    const sent = this.queue.of("looked-at").map(({ id, name }) => ({ id, name }));
    sessionStorage.setItem(KEPT, JSON.stringify(sent));
  }

  /** Draws at most once for each frame, however many files change. */
  showSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.show();
    });
  }

  show() {
    const { headline, note, percent } = summary(this.queue);
    this.panel.hidden = !this.queue.items.length;
    this.panel.querySelector("[data-headline]").textContent = headline;
    this.panel.querySelector("[data-note]").textContent = note;
    this.panel.querySelector(".ring__value").setAttribute("stroke-dasharray", `${percent} 100`);
    this.panel.querySelector("[data-end]").setAttribute("aria-label", this.queue.isSending ? "Cancel the import" : "Close");
    this.panel.querySelector("[data-again]").hidden = this.queue.isBusy || !this.queue.count("failed");
    if (!this.list.hidden) drawRows(this.list, this.queue, this.querySelector("[data-row]"));
    this.finish(headline, note);
  }

  finish(headline, note) {
    if (this.wasBusy && !this.queue.isBusy) this.say([headline, note].filter(Boolean).join(", "));
    this.wasBusy = this.queue.isBusy;
  }

  say(text) { this.querySelector("[data-said]").textContent = text; }
});
