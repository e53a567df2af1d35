import { announce } from "gallery/announcing";
import { copy } from "gallery/clipboard";

/** <copy-button for="id">: copies the text of that element, or its button's data-text, and says so. */
customElements.define("copy-button", class extends HTMLElement {
  connectedCallback() { this.addEventListener("click", this); }

  async handleEvent(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const source = document.getElementById(this.getAttribute("for"));
    const isCopied = await copy(button.dataset.text ?? source.textContent);
    announce(isCopied ? "Copied" : "The browser does not allow copying here");
    this.say(button, isCopied ? "Copied" : "Not allowed");
  }

  say(button, text) {
    const label = button.querySelector("span");
    button.classList.add("is-done");
    const before = label?.textContent;
    if (label) label.textContent = text;
    setTimeout(() => { button.classList.remove("is-done"); if (label) label.textContent = before; }, 1800);
  }
});
