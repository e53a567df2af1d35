import { announce } from "gallery/announcing";
import { copy } from "gallery/clipboard";

/** <made-link data-text>: copies the address of the link that was just made, and says so in its heading. */
customElements.define("made-link", class extends HTMLElement {
  async connectedCallback() {
    if (!this.dataset.text || !await copy(this.dataset.text)) return;
    const heading = this.querySelector("[data-copied]");
    heading.textContent = heading.dataset.copied;
    announce(heading.textContent);
  }
});
