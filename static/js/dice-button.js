/** <dice-button>: holds a field and a button that throws a seed, 0 to 4294967295, into it. */
customElements.define("dice-button", class extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.button.addEventListener("click", this);
  }

  disconnectedCallback() { this.button?.removeEventListener("click", this); }

  handleEvent() {
    const field = this.querySelector("input");
    field.value = String(crypto.getRandomValues(new Uint32Array(1))[0]);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
