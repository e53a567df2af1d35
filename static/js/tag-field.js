import { OptionList } from "gallery/option-list";

/** <tag-field>: offers known tags for the last one that is typed; the arrows walk the list, Enter and Tab take one. */
customElements.define("tag-field", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("[role=combobox]");
    this.list = new OptionList(this.input, this.querySelector("[role=listbox]"), { address: this.dataset.suggest, ask: () => ({ q: this.input.value }) });
    for (const name of ["input", "keydown", "focusout", "pointerdown", "click"]) this.addEventListener(name, this);
  }

  disconnectedCallback() { this.list.stop(); }

  handleEvent(event) {
    if (event.type === "input") this.list.openSoon();
    else if (event.type === "keydown") this.press(event);
    else if (event.type === "focusout") this.list.close();
    else if (event.type === "pointerdown" && event.target.closest("[role=listbox]")) event.preventDefault();
    else if (event.type === "click" && event.target.closest("[role=option]")) this.take(event.target.closest("[role=option]"));
  }

  press(event) {
    if (event.isComposing) return;
    const { list } = this;
    const acts = { ArrowDown: () => list.move(1), ArrowUp: () => list.move(-1), Escape: () => list.close() };
    if (list.chosen) Object.assign(acts, { Enter: () => this.take(list.chosen), Tab: () => this.take(list.chosen) });
    if (event.key === "ArrowDown" && !list.isOpen) list.openSoon();
    else if (!list.isOpen || !acts[event.key]) return;
    else acts[event.key]();
    event.preventDefault();
    event.stopPropagation();
  }

  take({ dataset: { text } }) {
    const before = this.input.value.split(",").slice(0, -1).map((name) => name.trim());
    this.input.value = [...before, text].join(", ");
    this.list.close();
  }
});
