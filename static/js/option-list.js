/** The list under a combobox: the arrows walk it, beyond either end of it lies the field itself. */
const PAUSE = 120;

export class OptionList {
  /** `ask` returns the query of the suggestions for what is typed now. */
  constructor(input, list, { address, ask }) { Object.assign(this, { input, list, address, ask }); }

  get options() { return [...this.list.querySelectorAll("[role=option]")]; }
  get chosen() { return this.isOpen ? this.list.querySelector("[aria-selected=true]") : null; }
  get isOpen() { return !this.list.hidden; }

  /** Asks when nothing has been typed for a moment. */
  openSoon() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.open(), PAUSE);
  }

  async open() {
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(`${this.address}?${new URLSearchParams(this.ask())}`, { signal: this.asked.signal });
      if (answer.ok && !answer.redirected) this.show(await answer.text());
    } catch (error) {
      // What is meant can be typed whole. A question that was given up has been followed by another one.
      if (error.name !== "AbortError") this.close();
    }
  }

  show(options) {
    if (document.activeElement !== this.input) return;
    this.list.innerHTML = options;
    this.tell(this.options.length > 0);
  }

  close() {
    this.stop();
    this.tell(false);
  }

  /** Asks no more, and leaves what is shown. */
  stop() {
    clearTimeout(this.pause);
    this.asked?.abort();
  }

  tell(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    this.input.removeAttribute("aria-activedescendant");
  }

  move(step) {
    const { options, chosen } = this;
    const at = options.indexOf(chosen);
    const next = options[at < 0 && step < 0 ? options.length - 1 : at + step];
    chosen?.setAttribute("aria-selected", "false");
    next?.setAttribute("aria-selected", "true");
    next?.scrollIntoView({ block: "nearest" });
    if (next) this.input.setAttribute("aria-activedescendant", next.id);
    else this.input.removeAttribute("aria-activedescendant");
  }
}
