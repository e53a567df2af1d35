import { announce } from "gallery/announcing";
import { dateOf, dayInView } from "gallery/day-in-view";

/** <date-scrubber>: tells where in time the list is and how much a search found, names the month that is pointed at, and
    goes to the one that is pressed or dragged to. One tab stop: the arrows walk from month to month. */
customElements.define("date-scrubber", class extends HTMLElement {
  connectedCallback() {
    for (const kind of ["pointerdown", "pointermove", "pointerup", "pointerleave", "click", "keydown", "focusin", "focusout", "htmx:afterSwap"]) this.addEventListener(kind, this);
    addEventListener("scroll", this, { passive: true });
    for (const kind of ["htmx:afterSettle", "htmx:beforeRequest"]) document.addEventListener(kind, this);
  }

  disconnectedCallback() {
    removeEventListener("scroll", this);
    for (const kind of ["htmx:afterSettle", "htmx:beforeRequest"]) document.removeEventListener(kind, this);
  }

  "on_htmx:beforeRequest"({ detail }) {
    if (detail.target.id === "scrubber") this.tellFound("");
  }

  "on_htmx:afterSwap"() {
    this.tellFound(this.querySelector("[data-found]").dataset.found);
    this.follow();
  }

  tellFound(text) { document.getElementById("found").textContent = text; }

  get ticks() { return [...this.querySelectorAll(".scrubber__month")]; }

  handleEvent(event) { (this[`on_${event.type}`] ?? this.follow).call(this, event); }

  on_scroll() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.follow();
    });
  }

  on_pointerdown(event) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest(".scrubber__year-link")) return;
    event.preventDefault();
    this.isDown = true;
    this.setPointerCapture(event.pointerId);
  }

  on_pointermove(event) {
    this.pointed = this.nearest(event.clientY);
    this.follow();
  }

  on_pointerup(event) {
    if (!this.isDown) return;
    this.isDown = false;
    this.nearest(event.clientY)?.click();
  }

  on_pointerleave() {
    this.pointed = undefined;
    this.follow();
  }

  /** A press is answered when it ends; the click that follows it by itself is not another one. */
  on_click(event) {
    const link = event.target.closest("a");
    if (event.isTrusted && event.detail && !link?.matches(".scrubber__year-link")) event.preventDefault();
    else if (link) announce(link.textContent);
  }

  on_focusin(event) {
    this.pointed = event.target.closest(".scrubber__month") ?? undefined;
    this.follow();
  }

  on_focusout() { this.on_pointerleave(); }

  on_keydown(event) {
    const step = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = this.ticks[this.ticks.indexOf(event.target) + step];
    if (!step || !next) return;
    event.preventDefault();
    next.focus();
  }

  nearest(y) {
    const away = (tick) => Math.abs(tick.getBoundingClientRect().top + tick.offsetHeight / 2 - y);
    return this.ticks.reduce((best, tick) => (best && away(best) <= away(tick) ? best : tick), undefined);
  }

  /** Puts the label at the month that is pointed at, else at the one that is seen. */
  follow() {
    const label = this.querySelector(".scrubber__here");
    if (!label || !this.checkVisibility()) return;
    const month = dateOf(dayInView()).slice(0, 7);
    const here = this.ticks.find((tick) => tick.dataset.at <= month);
    const shown = this.pointed?.isConnected ? this.pointed : here;
    for (const tick of this.ticks) tick.tabIndex = tick === (here ?? this.ticks[0]) ? 0 : -1;
    label.hidden = !shown;
    if (!shown) return;
    label.textContent = shown === this.pointed ? `${shown.dataset.name}, ${shown.dataset.note}` : shown.dataset.name.slice(0, 3);
    label.style.setProperty("--top", `${shown.getBoundingClientRect().top - this.getBoundingClientRect().top + shown.offsetHeight / 2}px`);
  }
});
