import { isTyping, lettersAreOn, nameOf } from "gallery/key-map";
import { stepFrom } from "gallery/grid-steps";

/** <photo-selection>: ticks the cards inside it by click, range, day and key, and counts them on the selection bar. */
customElements.define("photo-selection", class extends HTMLElement {
  connectedCallback() {
    for (const kind of ["click", "change", "reset", "htmx:afterSettle"]) this.addEventListener(kind, this);
    document.addEventListener("keydown", this);
    this.count();
  }

  disconnectedCallback() { document.removeEventListener("keydown", this); }

  get boxes() { return [...this.querySelectorAll(".photo-card:not([hidden]) .photo-card__check")]; }
  get ticked() { return this.boxes.filter((box) => box.checked); }

  handleEvent(event) {
    if (event.type === "keydown") return this.press(event);
    if (event.type === "click") return this.click(event);
    if (event.type === "reset") return setTimeout(() => this.count());
    return this.count();
  }

  click(event) {
    const box = event.target.closest(".photo-card__check");
    if (box) return this.tick(box, box.checked, event.shiftKey);
    if (event.target.closest("[data-select-all]")) return this.set(this.boxes, true);
    if (event.target.closest("[data-select-day]")) return this.toggleDay(event.target.closest(".day"));
    const link = event.target.closest(".photo-card__link");
    const isPlain = !event.ctrlKey && !event.metaKey && event.detail > 0;
    if (!link || !isPlain || !this.ticked.length) return undefined;
    event.preventDefault();
    const its = boxOf(link);
    return this.tick(its, !its.checked, event.shiftKey);
  }

  tick(box, isOn, isRange) {
    const boxes = this.boxes;
    const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((a, b) => a - b);
    this.set(isRange && from >= 0 ? boxes.slice(from, to + 1) : [box], isOn);
    this.last = box;
  }

  toggleDay(day) {
    const boxes = this.boxes.filter((box) => day.contains(box));
    this.set(boxes, !boxes.every((box) => box.checked));
  }

  set(boxes, isOn) {
    for (const box of boxes) box.checked = isOn;
    this.count();
  }

  press(event) {
    if (isTyping(event.target) || event.altKey || event.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return;
    const name = nameOf(event);
    const link = event.target.closest?.(".photo-card__link");
    if (name === "Control+a" && this.boxes.length) this.set(this.boxes, true);
    else if (name === "Escape" && this.ticked.length) this.set(this.boxes, false);
    else if (link && (name === " " || (name === "x" && lettersAreOn()))) this.tick(boxOf(link), !boxOf(link).checked, event.shiftKey);
    else if (link && stepFrom(link, name, this)) stepFrom(link, name, this).focus();
    else return;
    event.preventDefault();
  }

  count() {
    const count = this.ticked.length;
    const text = this.querySelector(".selection-bar__count");
    if (text) text.textContent = count ? `${count} selected` : "None selected";
  }
});

const boxOf = (link) => link.parentElement.querySelector(".photo-card__check");
