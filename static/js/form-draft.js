/**
 * <form-draft key="…">: holds a form and keeps the words typed into it in this browser until they are sent.
 * With `keep` the form shows what was just sent, so nothing is put back over it.
 */
const KEPT = "textarea[name]";

customElements.define("form-draft", class extends HTMLElement {
  connectedCallback() {
    for (const kind of ["input", "submit"]) this.addEventListener(kind, this);
    if (!this.hasAttribute("keep")) this.#restore();
  }

  disconnectedCallback() {
    for (const kind of ["input", "submit"]) this.removeEventListener(kind, this);
  }

  handleEvent(event) {
    if (event.type === "submit") localStorage.removeItem(this.#name);
    else this.#save();
  }

  get #name() { return `draft:${this.getAttribute("key")}`; }

  #save() {
    const words = [...this.querySelectorAll(KEPT)].map((field) => [field.name, field.value]);
    localStorage.setItem(this.#name, JSON.stringify(Object.fromEntries(words)));
  }

  #restore() {
    let words;
    try { words = JSON.parse(localStorage.getItem(this.#name) ?? "{}"); } catch { return; }
    for (const field of this.querySelectorAll(KEPT)) {
      if (typeof words[field.name] === "string") field.value = words[field.name];
    }
  }
});
