/** Cards of a grid follow the pointer: at once with a mouse, after a long touch with a finger, so that one can scroll.
    A line shows where they will stand. `cardsFor(card)` says what goes along, `drop(cards, place)` puts it there. */
const [FAR, LONG, EDGE, STEP] = [6, 350, 72, 14];

export class PointerDrag {
  constructor(area, { cardsFor, drop }) {
    Object.assign(this, { area, cardsFor, drop });
    this.line = Object.assign(document.createElement("span"), { className: "drop-line", hidden: true });
    area.append(this.line);
    for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel", "dragstart", "contextmenu"]) area.addEventListener(kind, this);
    area.addEventListener("click", this, { capture: true });
    area.addEventListener("touchmove", (event) => this.cards && event.preventDefault(), { passive: false });
    this.escape = (event) => { if (event.key === "Escape" && this.cards) { event.preventDefault(); event.stopPropagation(); this.end(); } };
  }

  handleEvent(event) {
    if (event.type === "pointerdown") this.press(event);
    else if (event.type === "pointermove" && this.begun) this.move(event);
    else if (event.type === "pointerup") this.release();
    else if (event.type === "pointercancel") this.end();
    else if (event.type === "dragstart") event.preventDefault();
    else if (event.type === "contextmenu" && this.cards) event.preventDefault();
    else if (event.type === "click" && this.wasDragged) { event.preventDefault(); event.stopPropagation(); this.wasDragged = false; }
  }

  press(event) {
    this.wasDragged = false;
    const card = event.target.closest(".photo-card");
    if (event.button || !event.isPrimary || !card || event.target.closest(".photo-card__select")) return;
    this.begun = { card, id: event.pointerId, x: event.clientX, y: event.clientY, top: scrollY, isTouch: event.pointerType === "touch" };
    if (this.begun.isTouch) this.timer = setTimeout(() => this.lift(), LONG);
  }

  move(event) {
    const { x, y, isTouch } = this.begun;
    this.at = { x: event.clientX, y: event.clientY };
    const isFar = Math.hypot(this.at.x - x, this.at.y - y) > FAR;
    if (!this.cards && isFar && isTouch) this.end();
    else if (!this.cards && isFar) this.lift();
    if (this.cards) this.follow();
  }

  lift() {
    this.cards = this.cardsFor(this.begun.card);
    this.at ??= { x: this.begun.x, y: this.begun.y };
    this.area.setPointerCapture(this.begun.id);
    for (const card of this.cards) card.classList.add(card === this.begun.card ? "is-dragged" : "is-along");
    document.addEventListener("keydown", this.escape, { capture: true });
    navigator.vibrate?.(10);
    this.roll();
  }

  follow() {
    const { card, x, y, top } = this.begun;
    card.style.setProperty("--dx", `${this.at.x - x}px`);
    card.style.setProperty("--dy", `${this.at.y - y + scrollY - top}px`);
    const target = document.elementFromPoint(this.at.x, this.at.y)?.closest(".photo-card");
    this.place = target && this.area.contains(target) && !this.cards.includes(target) ? this.beside(target) : null;
    this.mark();
  }

  beside(target) {
    const { left, width } = target.getBoundingClientRect();
    return { target, isAfter: this.at.x > left + width / 2 };
  }

  mark() {
    this.line.hidden = !this.place;
    if (!this.place) return;
    const [around, card] = [this.area, this.place.target].map((one) => one.getBoundingClientRect());
    const left = (this.place.isAfter ? card.right : card.left) - around.left;
    for (const [name, size] of Object.entries({ x: left, y: card.top - around.top, height: card.height })) this.line.style.setProperty(`--${name}`, `${size}px`);
  }

  /** Near an edge of the window the page goes on. */
  roll() {
    if (!this.cards) return;
    const way = this.at.y < EDGE + 40 ? -STEP : this.at.y > innerHeight - EDGE ? STEP : 0;
    if (way) { scrollBy({ top: way, behavior: "instant" }); this.follow(); }
    requestAnimationFrame(() => this.roll());
  }

  release() {
    const { cards, place } = this;
    this.wasDragged = Boolean(cards);
    this.end();
    if (cards && place) this.drop(cards, place);
  }

  end() {
    clearTimeout(this.timer);
    for (const card of this.cards ?? []) {
      card.classList.remove("is-dragged", "is-along");
      for (const name of ["--dx", "--dy"]) card.style.removeProperty(name);
    }
    document.removeEventListener("keydown", this.escape, { capture: true });
    this.cards = this.begun = this.place = this.at = null;
    this.line.hidden = true;
  }
}
