import { announce } from "gallery/announcing";
import { stepFrom } from "gallery/grid-steps";
import { lettersAreOn, nameOf } from "gallery/key-map";
import { LongGrid } from "gallery/long-grid";
import { parkTicks, putTicksBack } from "gallery/parked-ticks";
import { PointerDrag } from "gallery/pointer-drag";
import { refresh } from "gallery/refreshing";
import { tell } from "gallery/request-errors";

/** <album-order data-move>: cards change their places by pointer, by a long touch, or by keys: M lifts the picture that
    has the focus, arrows move it, Enter drops it, Esc puts it back. What is saved is beside which picture it stands. */
customElements.define("album-order", class extends HTMLElement {
  connectedCallback() {
    this.grid = this.querySelector("ul");
    this.long = new LongGrid(this, this.grid, {
      isBusy: () => Boolean(this.lifted || this.drag?.cards),
      park: (cards) => parkTicks(this.grid, cards),
      settle: () => { putTicksBack(this.grid); this.closest("photo-selection").count(); },
    });
    addEventListener("albums:arranged", this);
    for (const kind of ["albums:gone", "albums:back"]) addEventListener(kind, this);
    if (!this.dataset.move) return;
    this.addEventListener("keydown", this);
    this.addEventListener("focusout", this);
    this.drag = new PointerDrag(this, { cardsFor: (card) => this.cardsFor(card), drop: (cards, place) => this.drop(cards, place) });
  }

  disconnectedCallback() {
    for (const kind of ["albums:arranged", "albums:gone", "albums:back"]) removeEventListener(kind, this);
  }

  handleEvent(event) {
    if (event.type === "keydown") return this.press(event);
    if (event.type === "focusout") return this.lifted && !this.isMoving && this.letGo();
    if (event.type === "albums:arranged") return refresh();
    return this.show(event.detail.photos, event.type === "albums:back");
  }

  get cards() { return [...this.grid.querySelectorAll(".photo-card:not([hidden])")]; }

  /** A ticked card takes the other ticked ones with it. */
  cardsFor(card) {
    const isTicked = (one) => one.querySelector(".photo-card__check").checked;
    return isTicked(card) ? this.cards.filter(isTicked) : [card];
  }

  press(event) {
    const card = event.target.closest(".photo-card");
    const name = nameOf(event);
    if (!card || event.altKey) return;
    if (!this.lifted) { if (name !== "m" || !lettersAreOn()) return; this.lift(card); }
    else if (name === "Enter" || name === " " || name === "m") this.letGo();
    else if (name === "Escape") this.putBack();
    else if (name.startsWith("Arrow")) this.step(name);
    else if (name === "Home" || name === "End") this.moveTo(name === "Home" ? "start" : "end");
    else return;
    event.preventDefault();
  }

  lift(card) {
    this.lifted = card;
    this.before = card.nextElementSibling;
    card.classList.add("is-lifted");
    announce(`Lifted. ${this.placeOf(card)}. Arrows move it, Enter drops it, Home and End take it to the ends, Escape puts it back`);
  }

  step(name) {
    const target = stepFrom(this.lifted.querySelector(".photo-card__link"), name, this)?.closest(".photo-card");
    if (!target) return;
    this.keepFocus(() => (name === "ArrowRight" || name === "ArrowDown" ? target.after(this.lifted) : target.before(this.lifted)));
    announce(this.placeOf(this.lifted));
  }

  letGo() {
    const card = this.lifted;
    this.settle();
    if (card.nextElementSibling === this.before) return announce("Dropped where it was");
    return this.save([card], () => this.grid.insertBefore(card, this.before));
  }

  putBack() {
    const card = this.lifted;
    this.keepFocus(() => this.grid.insertBefore(card, this.before));
    this.settle();
    announce(`Put back. ${this.placeOf(card)}`);
  }

  settle() {
    this.lifted.classList.remove("is-lifted");
    this.lifted = null;
  }

  keepFocus(move) {
    const link = this.lifted.querySelector(".photo-card__link");
    this.isMoving = true;
    move();
    link.focus({ preventScroll: true });
    this.isMoving = false;
    link.scrollIntoView({ block: "nearest" });
  }

  drop(cards, { target, isAfter }) {
    const after = cards.at(-1).nextElementSibling;
    const was = cards.map((card) => [card, card.nextElementSibling]).reverse();
    if (isAfter) target.after(...cards); else target.before(...cards);
    if (cards.length === 1 && cards[0].nextElementSibling === after) return;
    this.save(cards, () => { for (const [card, next] of was) this.grid.insertBefore(card, next); });
  }

  async save(cards, putBack) {
    const seen = this.cards;
    const [previous, next] = [seen[seen.indexOf(cards[0]) - 1], seen[seen.indexOf(cards.at(-1)) + 1]];
    const isDone = await this.send(cards, previous ? "after" : "before", keyOf(previous ?? next));
    if (isDone) announce(`Dropped. ${this.placeOf(cards[0])}`);
    else putBack();
  }

  /** To the start or the end of the whole album, however little of it is on the page. */
  async moveTo(end) {
    const card = this.lifted;
    this.keepFocus(() => this.grid.insertBefore(card, this.before));
    this.settle();
    if (!await this.send([card], "to", end)) return;
    await refresh();
    announce(`Moved to the ${end}`);
  }

  /** Tells whether it was done; what else there is to say is said. */
  async send(cards, name, value) {
    const body = new FormData(this.closest("form"));
    for (const field of ["photo", "all", "until", "q", "place", "except"]) body.delete(field);
    for (const card of cards) body.append("photo", keyOf(card));
    body.append(name, value);
    const answer = await fetch(this.dataset.move, { method: "POST", headers: { "HX-Request": "true" }, body }).catch(() => null);
    const isDone = Boolean(answer?.ok && !answer.redirected);
    // The toast with the way back is all there is in it.
    if (isDone) htmx.swap(document.body, await answer.text(), { swapStyle: "none" });
    else tell(answer?.status === 409 ? await answer.text() : "The gallery does not answer, so nothing was moved. Try again in a moment");
    if (answer?.status === 409) refresh();
    return isDone;
  }

  placeOf(card) {
    const place = this.cards.indexOf(card) + 1;
    const name = card.querySelector("img").alt;
    return this.grid.querySelector("#pager-above") ? name : `${name}, place ${place} of ${this.dataset.total}`;
  }

  /** What was taken out goes, and comes back with undo. */
  show(photos, isShown) {
    const cards = photos.map((pk) => document.getElementById(`photo-${pk}`));
    if (cards.includes(null) || (!isShown && cards.length === this.cards.length)) { refresh(); return; }
    for (const card of cards) {
      card.hidden = !isShown;
      card.querySelector(".photo-card__check").checked = false;
    }
    this.closest("photo-selection").count();
  }
});

const keyOf = (card) => card.id.replace("photo-", "");
