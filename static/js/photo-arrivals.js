import { refresh } from "gallery/refreshing";

/** <photo-arrivals data-address>: new pictures come by themselves at the top of the list, else a link tells of them. */
const PAUSE = 15000;

customElements.define("photo-arrivals", class extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.look(), PAUSE);
    addEventListener("photos:arrived", this);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    removeEventListener("photos:arrived", this);
  }

  handleEvent() { this.look(); }

  async look() {
    if (document.hidden) return;
    const answer = await fetch(this.dataset.address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const { newer } = await answer.json();
    if (newer) this.tell(newer);
  }

  tell(newer) {
    const results = this.closest("photo-selection");
    const isLookedAt = results.ticked.length || results.matches(":focus-within") || scrollY > 200;
    if (!isLookedAt) { refresh(); return; }
    const link = this.querySelector("a");
    link.hidden = false;
    link.querySelector("span").textContent = newer === 1 ? "1 new picture" : `${newer} new pictures`;
  }
});
