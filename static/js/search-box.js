import { OptionList } from "gallery/option-list";

/** <search-box>: offers filters and their values while its field is typed into, as a list the arrows walk.
    Enter takes what is chosen, Esc closes the list, and backspace at the beginning removes the last chip. */
customElements.define("search-box", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("[role=combobox]");
    const place = () => this.input.selectionStart ?? this.input.value.length;
    this.list = new OptionList(this.input, this.querySelector("[role=listbox]"), { address: this.dataset.suggest, ask: () => ({ q: this.input.value, at: place() }) });
    for (const name of ["input", "keydown", "focusin", "focusout", "pointerdown", "click"]) this.addEventListener(name, this);
    this.addEventListener("htmx:confirm", (event) => this.isAsked(event) && event.preventDefault());
    this.isNew = true;
    requestAnimationFrame(() => { this.isNew = false; });
    this.form = this.closest("form");
    this.form.addEventListener("submit", this);
    if (location.hash === "#words") this.input.focus();
  }

  disconnectedCallback() {
    this.form.removeEventListener("submit", this);
    this.list.stop();
  }

  handleEvent(event) { this[`on_${event.type}`](event); }

  on_input(event) {
    if (event.target !== this.input) return;
    this.sent = undefined;
    this.list.openSoon();
  }

  on_submit() { this.sent = this.input.value; }

  /** Whether the search that a pause in typing asks for has been sent already; it would cut that one short. */
  isAsked(event) { return event.target === this.input && event.detail.elt === this.input && this.sent === this.input.value; }

  // The focus that comes back after the box was exchanged asks for nothing.
  on_focusin(event) { if (event.target === this.input && !this.input.value && !this.isNew) this.list.openSoon(); }

  on_focusout(event) { if (!this.contains(event.relatedTarget)) this.list.close(); }

  // A press on the list must not take the focus from the field.
  on_pointerdown(event) { if (event.target.closest("[role=listbox]")) event.preventDefault(); }

  on_click(event) {
    const option = event.target.closest("[role=option]");
    if (option) this.take(option);
    else if (event.target === this.input && !this.list.isOpen) this.list.openSoon();
  }

  on_keydown(event) {
    if (event.target !== this.input || event.isComposing) return;
    if (event.key === "Backspace" && this.removeLastChip()) return;
    if (event.key === "ArrowDown" && !this.list.isOpen) { event.preventDefault(); this.list.openSoon(); return; }
    if (event.key === "Enter" && !this.list.chosen) { this.list.close(); return; }
    const { list } = this;
    const act = list.isOpen ? { ArrowDown: () => list.move(1), ArrowUp: () => list.move(-1), Enter: () => this.take(list.chosen), Escape: () => list.close() }[event.key] : null;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  take({ dataset: { text, caret, done } }) {
    this.input.value = text;
    this.input.setSelectionRange(caret, caret);
    this.list.close();
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
