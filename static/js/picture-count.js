/** <picture-count>: holds the numbers to choose from and a field for another; only one of them says something. */
customElements.define("picture-count", class extends HTMLElement {
  connectedCallback() { this.addEventListener("input", this); }

  disconnectedCallback() { this.removeEventListener("input", this); }

  handleEvent({ target }) {
    if (target.type === "radio") this.querySelector("input[type=text]").value = "";
    else if (target.value) this.querySelectorAll("input[type=radio]").forEach((radio) => { radio.checked = false; });
  }
});
