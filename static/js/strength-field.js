/** <strength-field>: keeps a slider and a number together, and says in words how much of the picture changes. */
const WORDS = [
  [0.001, "Nothing changes: the picture comes back as it is."],
  [0.25, "Only fine detail changes."],
  [0.5, "Detail and light change; what is where stays."],
  [0.75, "Much changes; the composition stays."],
  [0.999, "Only a trace of the picture stays."],
  [Infinity, "Begins anew; nothing of the picture stays."],
];

customElements.define("strength-field", class extends HTMLElement {
  connectedCallback() {
    this.slider = this.querySelector("[data-slider]");
    this.number = this.querySelector("[name=strength]");
    this.addEventListener("input", this);
    this.closest("form")?.addEventListener("draft-restored", this);
    this.handleEvent({ target: this.number });
  }

  disconnectedCallback() {
    this.removeEventListener("input", this);
    this.closest("form")?.removeEventListener("draft-restored", this);
  }

  handleEvent({ target }) {
    if (target === this.slider) this.number.value = this.slider.value;
    const value = Number(this.number.value.replace(",", "."));
    const isRead = this.number.value.trim() !== "" && Number.isFinite(value);
    if (target !== this.slider && isRead) this.slider.value = value;
    const words = isRead ? WORDS.find(([below]) => value < below)[1] : "";
    this.querySelector("[data-words]").textContent = words;
    this.slider.setAttribute("aria-valuetext", words ? `${value}: ${words}` : this.slider.value);
  }
});
