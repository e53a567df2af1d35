import { announce } from "gallery/announcing";
import { remember } from "gallery/place-in-list";

/** <photo-viewer>: loads the neighbours ahead, follows swipes, folds the panel, and goes back to the place in the list. */
const PANEL = "panel";
// Of what becomes of pictures: the viewer goes on when its own is deleted, goes to what is back from the trash, and shows its
// own as it is again.
const NEWS = ["photos:taken", "photos:back", "photos:again", "photos:edited", "photos:favourite", "photos:unfavourite"];
let isFirst = true;

customElements.define("photo-viewer", class extends HTMLElement {
  connectedCallback() {
    this.ahead = [this.dataset.older, this.dataset.newer].filter(Boolean).map((src) => Object.assign(new Image(), { src }));
    for (const kind of ["click", "picture-swipe"]) this.addEventListener(kind, this);
    for (const kind of NEWS) addEventListener(kind, this);
    this.fold(localStorage.getItem(PANEL) === "off");
    remember(this.dataset.photo, this.querySelector("[data-back]").getAttribute("href"));
    if (!isFirst) announce(this.querySelector(".viewer__picture")?.alt ?? "Picture");
    isFirst = false;
  }

  disconnectedCallback() { for (const kind of NEWS) removeEventListener(kind, this); }

  handleEvent(event) {
    if (event.type === "photos:back") this.open(event.detail.photos[0]);
    else if (event.type === "photos:taken") event.detail.photos.includes(this.dataset.photo) && this.goOn();
    else if (NEWS.includes(event.type)) event.detail.photos.includes(this.dataset.photo) && this.open(this.dataset.photo);
    else if (event.type === "picture-swipe") this.querySelector(`.viewer__step[rel=${event.detail.rel}]`)?.click();
    else if (event.target.closest("[data-zoom]")) this.querySelector("picture-zoom").zoom(event.target.closest("[data-zoom]").dataset.zoom);
    else if (event.target.closest("[data-panel]")) this.fold(localStorage.getItem(PANEL) !== "off");
    else if (event.target.closest("[data-back]")) this.leave(event);
  }

  goOn() { (this.querySelector(".viewer__step[rel=next]") ?? this.querySelector(".viewer__step[rel=prev], [data-back]")).click(); }

  open(photo) {
    if (!photo) return;
    const address = `/photos/${photo}/${this.dataset.query}`;
    htmx.ajax("GET", address, { target: "#viewer", swap: "outerHTML" }).then(() => history.replaceState(history.state, "", address));
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
