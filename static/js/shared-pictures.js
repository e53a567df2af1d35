import { LongGrid } from "gallery/long-grid";

/** <shared-pictures>: a visitor's page stays small, however long the album is. */
customElements.define("shared-pictures", class extends HTMLElement {
  connectedCallback() { this.long = new LongGrid(this, this.querySelector("ul")); }
});
