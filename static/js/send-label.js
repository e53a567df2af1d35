import { pictures } from "gallery/sweep-count";

/** <send-label>: says on the form's button what it does, and how many pictures will come of it in all. */
const EVENTS = ["input", "change", "draft-restored", "draft-changed", "htmx:afterSettle", "htmx:oobAfterSwap"];

customElements.define("send-label", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    for (const kind of EVENTS) this.form.addEventListener(kind, this);
    this.handleEvent();
  }

  disconnectedCallback() { for (const kind of EVENTS) this.form.removeEventListener(kind, this); }

  handleEvent() {
    const count = pictures(this.form);
    if (!Number.isFinite(count) || count < 1) return;
    const { source, strength } = this.form.elements;
    const refines = Boolean(source?.value) && Number(String(strength?.value || 1).replace(",", ".")) < 1;
    this.textContent = `${refines ? "Refine" : "Generate"}, ${count} ${count === 1 ? "picture" : "pictures"}`;
  }
});
