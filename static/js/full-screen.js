/** <full-screen hidden>: shows its button where the browser can fill the screen. The page fills it, not the picture, so
    that it stays filled when the next picture comes. */
customElements.define("full-screen", class extends HTMLElement {
  connectedCallback() {
    this.hidden = !document.fullscreenEnabled;
    this.addEventListener("click", this);
    document.addEventListener("fullscreenchange", this);
    this.show();
  }

  disconnectedCallback() { document.removeEventListener("fullscreenchange", this); }

  handleEvent(event) {
    if (event.type === "fullscreenchange") this.show();
    else if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => undefined);
  }

  show() { this.querySelector("button").setAttribute("aria-pressed", String(Boolean(document.fullscreenElement))); }
});
