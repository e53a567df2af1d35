/** <mask-overlay data-mask="…">: its button lays the painted mask over the picture on the stage, and takes it away again. */
customElements.define("mask-overlay", class extends HTMLElement {
  connectedCallback() { this.addEventListener("click", this); }

  disconnectedCallback() { this.removeEventListener("click", this); }

  handleEvent() {
    const button = this.querySelector("button");
    const isShown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(isShown));
    if (isShown) this.#lay();
    else this.cover?.remove();
  }

  #lay() {
    const picture = this.closest("#stage")?.querySelector(".stage__picture img");
    this.cover = Object.assign(document.createElement("span"), { className: "mask-cover" });
    this.cover.style.setProperty("--mask", `url(${this.dataset.mask})`);
    picture?.after(this.cover);
  }
});
