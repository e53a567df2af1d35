/** <waiting-pictures data-address>: exchanges the cards that have no thumbnail yet, as the thumbnails come. */
const [SOON, LATE] = [1500, 20000];

customElements.define("waiting-pictures", class extends HTMLElement {
  connectedCallback() {
    this.pause = SOON;
    this.plan();
  }

  disconnectedCallback() { clearTimeout(this.timer); }

  get waiting() {
    const cards = this.parentElement.querySelectorAll(".photo-card[data-waiting]:not([hidden])");
    return [...cards].filter((card) => !card.querySelector(":checked, :focus")).slice(0, 100);
  }

  plan() { this.timer = setTimeout(() => this.look(), this.pause); }

  async look() {
    const waiting = this.waiting;
    if (waiting.length && !document.hidden) {
      await this.fetch(waiting.map((card) => card.id.replace("photo-", "")), "ready&");
      this.pause = this.waiting.length < waiting.length ? SOON : Math.min(this.pause * 1.5, LATE);
    }
    if (this.isConnected) this.plan();
  }

  fetch(photos, prefix = "") {
    const query = prefix + photos.map((pk) => `photo=${pk}`).join("&");
    const address = this.dataset.address;
    return htmx.ajax("GET", `${address}${address.includes("?") ? "&" : "?"}${query}`, { source: this, swap: "none" });
  }
});
