/** <toast-region>: each toast leaves after eight seconds, not while it is pointed at or focused; Esc closes it.
    What has data-stay is under way, or waits to be fetched. */
const STAY = 8000;

customElements.define("toast-region", class extends HTMLElement {
  connectedCallback() {
    this.observer = new MutationObserver(() => this.wait());
    this.observer.observe(this, { childList: true });
    for (const kind of ["pointerover", "pointerleave", "focusin", "focusout", "keydown", "click", "htmx:afterRequest"]) this.addEventListener(kind, this);
    this.wait();
  }

  disconnectedCallback() {
    this.observer.disconnect();
    clearTimeout(this.timer);
  }

  handleEvent(event) {
    const toast = event.target.closest?.(".toast");
    if (event.type === "keydown" && event.key === "Escape") { event.preventDefault(); toast?.remove(); }
    if (event.type === "click" && event.target.closest("[data-close-toast]")) toast?.remove();
    if (event.type === "htmx:afterRequest" && !toast?.matches("[data-stay]")) toast?.remove();
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    const passing = this.querySelectorAll(".toast:not([data-stay])");
    if (!passing.length || this.matches(":hover, :focus-within")) return;
    this.timer = setTimeout(() => { passing[0].remove(); this.wait(); }, passing.length > 1 ? STAY / 2 : STAY);
  }
});
