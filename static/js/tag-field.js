/** <tag-field>: offers known tags for the last one that is typed; the arrows walk the list, Enter and Tab take one. */
const PAUSE = 120;

customElements.define("tag-field", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("[role=combobox]");
    this.list = this.querySelector("[role=listbox]");
    for (const name of ["input", "keydown", "focusout", "pointerdown", "click"]) this.addEventListener(name, this);
  }

  disconnectedCallback() { this.asked?.abort(); clearTimeout(this.pause); }

  handleEvent(event) {
    if (event.type === "input") this.askSoon();
    else if (event.type === "keydown") this.press(event);
    else if (event.type === "focusout") this.close();
    else if (event.type === "pointerdown" && event.target.closest("[role=listbox]")) event.preventDefault();
    else if (event.type === "click" && event.target.closest("[role=option]")) this.take(event.target.closest("[role=option]"));
  }

  press(event) {
    if (event.isComposing) return;
    const acts = { ArrowDown: () => this.move(1), ArrowUp: () => this.move(-1), Escape: () => this.close() };
    if (this.chosen) Object.assign(acts, { Enter: () => this.take(this.chosen), Tab: () => this.take(this.chosen) });
    if (event.key === "ArrowDown" && this.list.hidden) this.askSoon();
    else if (this.list.hidden || !acts[event.key]) return;
    else acts[event.key]();
    event.preventDefault();
    event.stopPropagation();
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
    try {
      const answer = await fetch(`${this.dataset.suggest}?${new URLSearchParams({ q: this.input.value })}`, { signal: this.asked.signal });
      if (answer.ok && !answer.redirected) this.show(await answer.text());
    } catch {
      this.close(); // a tag can be typed whole
    }
  }

  show(options) {
    if (document.activeElement !== this.input) return;
    this.list.innerHTML = options;
    this.list.hidden = !this.options.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.pause);
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

  take({ dataset: { text } }) {
    const before = this.input.value.split(",").slice(0, -1).map((name) => name.trim());
    this.input.value = [...before, text].join(", ");
    this.close();
  }
});
