import { parkTicks, putTicksBack } from "gallery/parked-ticks";

/** <timeline-days>: keeps the place while pictures come above it, and takes out those far away, so that the page stays
    small however far one goes. A way on with the right key stands where they were: they come back from the server. */
const [MOST, KEPT] = [1500, 1000];
const CARD = ".day .photo-card";

customElements.define("timeline-days", class extends HTMLElement {
  connectedCallback() { this.addEventListener("htmx:beforeSwap", this); }

  handleEvent({ detail }) {
    const isAbove = detail.target.id === "pager-above";
    if (!isAbove && detail.target.id !== "pager") return;
    const hold = this.holding();
    // htmx swaps in the same turn; this runs before anything of it is painted.
    queueMicrotask(() => {
      if (isAbove) this.trimBelow(); else this.trimAbove();
      hold();
      putTicksBack(this);
      this.closest("photo-selection").count();
    });
  }

  get cards() { return [...this.querySelectorAll(CARD)]; }

  /** Returns what brings the first picture that is seen back to where it is now. */
  holding() {
    const card = this.cards.find((one) => one.getBoundingClientRect().bottom > 64);
    const top = card?.getBoundingClientRect().top;
    return () => { if (card?.isConnected) scrollBy({ top: card.getBoundingClientRect().top - top, behavior: "instant" }); };
  }

  /** Only whole rows go, so that those that stay do not move against each other. */
  trimAbove() {
    const cards = this.cards;
    if (cards.length <= MOST) return;
    let cut = cards.length - KEPT;
    while (cut > 0 && !(this.beginsRow(cards[cut]) && topOf(cards[cut]) < -2 * innerHeight)) cut -= 1;
    if (!cut) return;
    const day = cards[cut].closest(".day");
    parkTicks(this, cards.slice(0, cut));
    const before = [...this.children].slice(0, [...this.children].indexOf(day));
    const month = before.findLast((one) => one.matches(".month"));
    for (const one of before) if (one !== month) one.remove();
    for (const card of cards.slice(0, cut)) card.remove();
    this.prepend(this.wayOn("pager-above", "after", cards[cut]));
    htmx.process(this.firstElementChild);
  }

  trimBelow() {
    const cards = this.cards;
    if (cards.length <= MOST) return;
    let cut = KEPT;
    while (cut < cards.length && !(this.beginsRow(cards[cut]) && topOf(cards[cut]) > 3 * innerHeight)) cut += 1;
    if (cut >= cards.length) return;
    const last = cards[cut - 1].closest(".day");
    parkTicks(this, cards.slice(cut));
    while (last.nextElementSibling) last.nextElementSibling.remove();
    for (const card of cards.slice(cut)) card.remove();
    this.append(this.wayOn("pager", "before", cards[cut - 1]));
    htmx.process(this.lastElementChild);
  }

  beginsRow(card) { return card.getBoundingClientRect().left - this.getBoundingClientRect().left < 2; }

  wayOn(id, name, card) {
    const way = this.parentElement.querySelector("template[data-pagers]").content.getElementById(id).cloneNode(true);
    for (const one of way.querySelectorAll("[href], [hx-get]")) {
      const attribute = one.hasAttribute("href") ? "href" : "hx-get";
      const address = new URL(one.getAttribute(attribute), location);
      address.searchParams.set(name, `${card.dataset.moment}_${card.id.replace("photo-", "")}`);
      one.setAttribute(attribute, address.search);
    }
    return way;
  }
});

const topOf = (card) => card.getBoundingClientRect().top;

// A list that comes back with the browser's own way back begins at its top, not where another list was left.
document.addEventListener("htmx:historyRestore", () => { if (document.getElementById("results")) scrollTo({ top: 0, behavior: "instant" }); });
