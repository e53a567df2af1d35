/** <tile-size for="results">: how tall the rows are, remembered in a cookie, so that the next page comes right. */
customElements.define("tile-size", class extends HTMLElement {
  connectedCallback() { this.addEventListener("input", this); }

  handleEvent(event) {
    document.getElementById(this.getAttribute("for")).dataset.tiles = event.target.value;
    document.cookie = `tiles=${event.target.value}; path=/; max-age=31536000; samesite=lax`;
  }
});
