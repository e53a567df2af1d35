/** Keeps one flat, long grid small: cards far from what is seen are taken out, and a way back to them stands in their
    place. What comes above the page keeps the place. Ways on are asked for beside the card that stands there by then.
    `isBusy()` leaves all cards where they are, `park(cards)` is told of those that go, `settle()` that it is done. */
const [MOST, KEPT] = [1500, 1000];

export class LongGrid {
  constructor(area, grid, { isBusy = () => false, park = () => {}, settle = () => {} } = {}) {
    Object.assign(this, { area, grid, isBusy, park, settle });
    this.pagers = area.querySelector("template[data-pagers]").content;
    for (const kind of ["htmx:configRequest", "htmx:beforeSwap"]) area.addEventListener(kind, this);
  }

  handleEvent(event) {
    if (event.type === "htmx:configRequest") this.goOn(event);
    else this.swapped(event.detail.target.id);
  }

  get cards() { return [...this.grid.querySelectorAll(":scope > .photo-card")]; }

  goOn({ target, detail }) {
    const pager = target.closest("[data-beside]");
    if (!pager) return;
    const seen = this.cards.filter((card) => !card.hidden);
    const beside = pager.dataset.beside === "before" ? seen[0] : seen.at(-1);
    if (beside) detail.parameters[`${pager.dataset.beside}-photo`] = beside.id.replace("photo-", "");
  }

  swapped(id) {
    if (id !== "pager" && id !== "pager-above") return;
    const hold = this.holding();
    // htmx swaps in the same turn; this runs before anything of it is painted.
    queueMicrotask(() => {
      if (!this.isBusy()) this.trim(id === "pager-above");
      hold();
      this.settle();
    });
  }

  /** Returns what brings the first picture that is seen back to where it is now. */
  holding() {
    const card = this.cards.find((one) => one.getBoundingClientRect().bottom > 64);
    const top = card?.getBoundingClientRect().top;
    return () => { if (card?.isConnected) scrollBy({ top: card.getBoundingClientRect().top - top, behavior: "instant" }); };
  }

  /** Only whole rows go, so that those that stay do not move against each other. */
  trim(isBelow) {
    const { cards } = this;
    if (cards.length <= MOST) return;
    const cut = isBelow ? this.cutBelow(cards) : this.cutAbove(cards);
    const gone = isBelow ? cards.slice(cut) : cards.slice(0, cut);
    if (!gone.length) return;
    this.park(gone);
    for (const card of gone) card.remove();
    this.grid.querySelector(isBelow ? "#pager" : "#pager-above")?.remove();
    const way = this.wayOn(isBelow ? "pager" : "pager-above", isBelow ? "after" : "before");
    if (isBelow) this.grid.append(way); else this.grid.prepend(way);
    htmx.process(way);
  }

  cutAbove(cards) {
    let cut = cards.length - KEPT;
    while (cut > 0 && !(beginsRow(cards[cut]) && cards[cut].getBoundingClientRect().top < -2 * innerHeight)) cut -= 1;
    return cut;
  }

  cutBelow(cards) {
    let cut = KEPT;
    while (cut < cards.length && !(beginsRow(cards[cut]) && cards[cut].getBoundingClientRect().top > 3 * innerHeight)) cut += 1;
    return cut;
  }

  wayOn(id, beside) {
    const way = this.pagers.getElementById(id).cloneNode(true);
    way.dataset.beside = beside;
    for (const one of way.querySelectorAll("[href], [hx-get]")) {
      const attribute = one.hasAttribute("href") ? "href" : "hx-get";
      const address = new URL(one.getAttribute(attribute), location);
      address.searchParams.delete(beside);
      one.setAttribute(attribute, address.search);
    }
    return way;
  }
}

const beginsRow = (card) => card.offsetTop !== card.previousElementSibling?.offsetTop;
