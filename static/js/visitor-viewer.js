import { announce } from "gallery/announcing";

/** <visitor-viewer data-ahead>: loads the neighbours ahead, follows swipes, and begins the slide show that was asked for. */
let isFirst = true;

customElements.define("visitor-viewer", class extends HTMLElement {
  connectedCallback() {
    this.ahead = (this.dataset.ahead ?? "").split(" ").filter(Boolean).map((src) => Object.assign(new Image(), { src }));
    for (const kind of ["click", "picture-swipe"]) this.addEventListener(kind, this);
    if (!isFirst) announce(document.title);
    if (isFirst && location.hash === "#slideshow") customElements.whenDefined("slide-show").then(() => this.querySelector("slide-show button")?.click());
    isFirst = false;
  }

  handleEvent(event) {
    if (event.type === "picture-swipe") this.querySelector(`.viewer__step[rel=${event.detail.rel}]`)?.click();
    else if (event.target.closest("[data-zoom]")) this.querySelector("picture-zoom").zoom(event.target.closest("[data-zoom]").dataset.zoom);
  }
});
