import { boxOf, pressed } from "gallery/grid-keys";

/** <photo-selection>: ticks the cards inside it by click, range, day and key, and counts them on the selection bar.
    Everything that matches, beyond what is shown, is chosen as the question itself, without what is unticked then. */
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
    if (event.type === "keydown") return pressed(this, event) && event.preventDefault();
    if (event.type === "click") return this.click(event);
    if (event.type === "reset") return setTimeout(() => this.clear());
    if (event.type === "htmx:afterSettle" && this.isAll) this.tickNew();
    return this.count();
  }

  click(event) {
    const box = event.target.closest(".photo-card__check");
    if (box) return this.tick(box, box.checked, event.shiftKey);
    if (event.target.closest("[data-select-all]")) return this.selectMore();
    if (event.target.closest("[data-rate], .menu__item")) this.querySelector("#selection-more:popover-open")?.hidePopover();
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
    return true;
  }

  /** Selects from one picture to the next, and on from there. */
  extend(box, next) {
    if (!box.checked) this.tick(box, true);
    this.tick(next, true, true);
  }

  toggleDay(day) {
    const boxes = this.boxes.filter((box) => day.contains(box));
    this.set(boxes, !boxes.every((box) => box.checked));
  }

  set(boxes, isOn) {
    for (const box of boxes) {
      box.checked = isOn;
      if (this.isAll) this.leftOut[isOn ? "delete" : "add"](box.value);
    }
    this.count();
  }

  /** Tells whether anything was selected. */
  clear() {
    const wasOn = this.ticked.length > 0;
    this.all(false);
    this.set(this.boxes, false);
    return wasOn;
  }

  /** First all that is shown; then the bar offers all that match. */
  selectMore() {
    if (this.offer) this.selectMatching();
    else if (this.boxes.length) this.selectShown();
    return this.boxes.length > 0;
  }

  async selectShown() {
    this.set(this.boxes, true);
    if (!this.querySelector("#pager, .pager--above")) return;
    const answer = await fetch(this.querySelector("[data-matching]").dataset.matching);
    if (!answer.ok || answer.redirected) return;
    this.offer = await answer.json();
    this.count();
  }

  selectMatching() {
    this.all(true);
    this.set(this.boxes, true);
  }

  all(isOn) {
    this.isAll = isOn;
    const [all, until] = this.querySelectorAll("[data-all]");
    if (!until) return;
    all.disabled = until.disabled = !isOn;
    until.value = this.offer?.until ?? "";
    if (!isOn) this.offer = null;
    this.leftOut = new Set();
  }

  tickNew() { for (const box of this.boxes) box.checked = !this.leftOut.has(box.value); }

  /** What is unticked while all are chosen is named in the form. */
  leaveOut() {
    const fields = [...this.leftOut].map((value) => Object.assign(document.createElement("input"), { type: "hidden", name: "except", value }));
    this.querySelector("[data-left-out]").replaceChildren(...fields);
    return fields.length;
  }

  count() {
    const ticked = this.ticked.length;
    if (!ticked && this.isAll) this.all(false);
    const count = this.isAll ? this.offer.count - this.leaveOut() : ticked;
    const text = this.querySelector(".selection-bar__count");
    if (text) text.textContent = count ? `${count.toLocaleString("en")} selected` : "None selected";
    const button = this.querySelector("[data-select-all]");
    if (!button) return;
    if (ticked < this.boxes.length && !this.isAll) this.offer = null;
    button.hidden = this.isAll || (ticked === this.boxes.length && !this.offer);
    button.textContent = this.offer ? `Select all ${this.offer.count.toLocaleString("en")} that match` : "Select all shown";
  }
});
