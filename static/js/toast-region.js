/** <toast-region>: each toast leaves after eight seconds, not while it is pointed at or focused; Esc closes it. */
const STAY = 8000;

customElements.define("toast-region", class extends HTMLElement {
  connectedCallback() {
    this.observer = new MutationObserver(() => this.wait());
    this.observer.observe(this, { childList: true });
    for (const kind of ["pointerover", "pointerleave", "focusin", "focusout", "keydown", "htmx:afterRequest"]) this.addEventListener(kind, this);
    this.wait();
  }

  disconnectedCallback() {
    this.observer.disconnect();
    clearTimeout(this.timer);
  }

  handleEvent(event) {
    const toast = event.target.closest?.(".toast");
    if (event.type === "keydown" && event.key === "Escape") { event.preventDefault(); toast?.remove(); }
    if (event.type === "htmx:afterRequest") toast?.remove();
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    if (!this.firstElementChild || this.matches(":hover, :focus-within")) return;
    this.timer = setTimeout(() => { this.firstElementChild?.remove(); this.wait(); }, this.children.length > 1 ? STAY / 2 : STAY);
  }
});
