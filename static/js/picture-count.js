/** <picture-count>: holds the numbers to choose from and a field for another; keeps them and the button's words together. */
customElements.define("picture-count", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this);
    this.#say();
  }

  disconnectedCallback() { this.removeEventListener("input", this); }

  handleEvent({ target }) {
    if (target.type === "radio") this.#other.value = "";
    else if (target.value) this.#radios.forEach((radio) => { radio.checked = false; });
    this.#say();
  }

  get #other() { return this.querySelector("input[type=text]"); }

  get #radios() { return this.querySelectorAll("input[type=radio]"); }

  #say() {
    const label = this.closest("form")?.querySelector("[data-count-label]");
    const count = this.#other.value || this.querySelector(":checked")?.value;
    if (label && count) label.textContent = `${count} ${count === "1" ? "picture" : "pictures"}`;
  }
});
