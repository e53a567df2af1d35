/** <search-box>: offers filters and their values while its field is typed into, as a list the arrows walk.
    Enter takes what is chosen, Esc closes the list, and backspace at the beginning removes the last chip. */
const PAUSE = 120;

customElements.define("search-box", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("[role=combobox]");
    this.list = this.querySelector("[role=listbox]");
    for (const name of ["input", "keydown", "focusin", "focusout", "pointerdown", "click"]) this.addEventListener(name, this);
    this.addEventListener("htmx:confirm", (event) => this.isAsked(event) && event.preventDefault());
    this.form = this.closest("form");
    this.form.addEventListener("submit", this);
  }

  disconnectedCallback() {
    this.form.removeEventListener("submit", this);
    this.asked?.abort();
    clearTimeout(this.pause);
  }

  handleEvent(event) { this[`on_${event.type}`](event); }

  on_input(event) {
    if (event.target !== this.input) return;
    this.sent = undefined;
    this.askSoon();
  }

  on_submit() { this.sent = this.input.value; }

  /** Whether the search that a pause in typing asks for has been sent already; it would cut that one short. */
  isAsked(event) { return event.target === this.input && event.detail.elt === this.input && this.sent === this.input.value; }

  on_focusin(event) { if (event.target === this.input && !this.input.value) this.askSoon(); }

  on_focusout(event) { if (!this.contains(event.relatedTarget)) this.close(); }

  // A press on the list must not take the focus from the field.
  on_pointerdown(event) { if (event.target.closest("[role=listbox]")) event.preventDefault(); }

  on_click(event) {
    const option = event.target.closest("[role=option]");
    if (option) this.take(option);
    else if (event.target === this.input && this.list.hidden) this.askSoon();
  }

  on_keydown(event) {
    if (event.target !== this.input || event.isComposing) return;
    if (event.key === "Backspace" && this.removeLastChip()) return;
    if (event.key === "ArrowDown" && this.list.hidden) { event.preventDefault(); this.askSoon(); return; }
    if (event.key === "Enter" && !this.chosen) { this.close(); return; }
    const act = this.list.hidden ? null : { ArrowDown: () => this.move(1), ArrowUp: () => this.move(-1), Enter: () => this.take(this.chosen), Escape: () => this.close() }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  get options() { return [...this.list.querySelectorAll("[role=option]")]; }

  get chosen() { return this.list.hidden ? null : this.list.querySelector("[aria-selected=true]"); }

  askSoon() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.asked?.abort();
    this.asked = new AbortController();
    const query = new URLSearchParams({ q: this.input.value, at: this.input.selectionStart ?? this.input.value.length });
    try {
      const answer = await fetch(`${this.dataset.suggest}?${query}`, { signal: this.asked.signal });
      if (answer.ok && !answer.redirected) this.show(await answer.text());
    } catch {
      this.close(); // without suggestions one can still search
    }
  }

  show(options) {
    if (!this.contains(document.activeElement)) return;
    this.list.innerHTML = options;
    this.list.hidden = this.options.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.pause);
    this.asked?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Beyond either end of the list lies the field itself. */
  move(step) {
    const options = this.options;
    const at = options.indexOf(this.chosen);
    const next = options[at < 0 && step < 0 ? options.length - 1 : at + step];
    this.chosen?.setAttribute("aria-selected", "false");
    next?.setAttribute("aria-selected", "true");
    next?.scrollIntoView({ block: "nearest" });
    if (next) this.input.setAttribute("aria-activedescendant", next.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  take({ dataset: { text, caret, done } }) {
    this.input.value = text;
    this.input.setSelectionRange(caret, caret);
    this.close();
    if (done === undefined) this.input.dispatchEvent(new Event("input", { bubbles: true }));
    else this.input.form.requestSubmit();
  }

  removeLastChip() {
    const last = [...this.querySelectorAll(".search-box__chips a")].at(-1);
    if (!last || this.input.selectionStart !== 0 || this.input.selectionEnd !== 0) return false;
    last.click();
    return true;
  }
});
