import { remember } from "gallery/place-in-list";

/** <photo-viewer>: loads the neighbours ahead, swipes, folds the panel, and goes back to the place in the list. */
const PANEL = "panel";

customElements.define("photo-viewer", class extends HTMLElement {
  connectedCallback() {
    for (const address of [this.dataset.older, this.dataset.newer]) if (address) new Image().src = address;
    for (const kind of ["click", "touchstart", "touchend"]) this.addEventListener(kind, this, { passive: kind !== "click" });
    for (const kind of ["photos:back", "photos:again"]) addEventListener(kind, this);
    this.fold(localStorage.getItem(PANEL) === "off");
    remember(this.dataset.photo, this.querySelector("[data-back]").getAttribute("href"));
  }

  disconnectedCallback() { for (const kind of ["photos:back", "photos:again"]) removeEventListener(kind, this); }

  handleEvent(event) {
    if (event.type.startsWith("photos:")) this.open(event.detail.photos[0]);
    else if (event.type === "touchstart") this.touch = event.touches.length === 1 ? event.touches[0] : null;
    else if (event.type === "touchend") this.swipe(event.changedTouches[0]);
    else if (event.target.closest("[data-panel]")) this.fold(localStorage.getItem(PANEL) !== "off");
    else if (event.target.closest("[data-back]")) this.leave(event);
  }

  open(photo) {
    if (!photo) return;
    const address = `/photos/${photo}/${this.dataset.query}`;
    htmx.ajax("GET", address, { target: "#viewer", swap: "outerHTML" }).then(() => history.replaceState(history.state, "", address));
  }

  swipe(end) {
    const start = this.touch;
    if (!start || !this.querySelector(".viewer__stage").contains(start.target)) return;
    const [across, down] = [end.clientX - start.clientX, end.clientY - start.clientY];
    if (Math.abs(across) < 50 || Math.abs(across) < 2 * Math.abs(down) || visualViewport.scale > 1) return;
    this.querySelector(across < 0 ? "[rel=next]" : "[rel=prev]")?.click();
  }

  fold(isFolded) {
    document.body.classList.toggle("viewing--alone", isFolded);
    this.querySelector("[data-panel]").setAttribute("aria-pressed", String(!isFolded));
    localStorage.setItem(PANEL, isFolded ? "off" : "on");
  }

  /** The list it was opened from is one step back in the history, with its scroll position. */
  leave(event) {
    const came = document.referrer && new URL(document.referrer);
    const list = new URL(event.target.closest("a").href);
    if (event.ctrlKey || event.metaKey || !came || came.origin !== list.origin || came.pathname !== list.pathname) return;
    event.preventDefault();
    history.back();
  }
});
