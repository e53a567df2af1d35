import { announce } from "gallery/announcing";
import { isTyping, lettersAreOn, nameOf } from "gallery/key-map";

/** <compare-ticks most="9">: pictures ticked to be compared, also those of steps that are not on the stage any more.
    X ticks the one that is looked at. Without two of them, comparing takes all of the step. */
const ticked = new Set();

customElements.define("compare-ticks", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    for (const kind of ["change", "submit", "click"]) this.addEventListener(kind, this);
    document.addEventListener("keydown", this);
    for (const box of this.boxes) box.checked = ticked.has(box.value);
    this.count();
  }

  disconnectedCallback() { document.removeEventListener("keydown", this); }

  get boxes() { return [...this.querySelectorAll("input[name=photo][type=checkbox]")]; }
  get most() { return Number(this.getAttribute("most")); }
  get label() { return document.querySelector("[data-ticked]"); }

  handleEvent(event) {
    if (event.type === "keydown") this.press(event);
    else if (event.type === "change") this.tick(event.target);
    else if (event.type === "submit") this.send();
  }

  press(event) {
    if (event.defaultPrevented || event.altKey || isTyping(event.target) || document.querySelector("dialog[open], :popover-open")) return;
    if (nameOf(event) !== "x" || !lettersAreOn()) return;
    const box = this.boxes.find((one) => one.value === this.closest("#stage").dataset.picture);
    if (!box) return;
    event.preventDefault();
    box.click();
  }

  tick(box) {
    if (box.checked && ticked.size >= this.most) {
      box.checked = false;
      announce(`At most ${this.most} pictures are compared at a time`);
      return;
    }
    ticked[box.checked ? "add" : "delete"](box.value);
    announce(`${ticked.size} ticked to compare`);
    this.count();
  }

  count() {
    this.toggleAttribute("data-any", ticked.size > 0);
    if (this.label) this.label.textContent = ticked.size ? String(ticked.size) : "";
  }

  /** Ticks of other steps go along; too few mean all that are here, as long as there is room. */
  send() {
    const own = new Set(this.boxes.map((box) => box.value));
    const wanted = ticked.size > 1 ? [...ticked] : [...new Set([...ticked, ...own])].slice(0, this.most);
    for (const box of this.boxes) box.checked = wanted.includes(box.value);
    const elsewhere = wanted.filter((photo) => !own.has(photo));
    const fields = elsewhere.map((value) => Object.assign(document.createElement("input"), { type: "hidden", name: "photo", value }));
    this.querySelector("[data-elsewhere]").replaceChildren(...fields);
  }
});
