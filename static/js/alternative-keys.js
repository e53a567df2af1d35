import { isTyping } from "gallery/key-map";
import { growFrom } from "gallery/growing-from";
import { isOn, showSettings } from "gallery/stage-settings";
import { keepLook, takeLook } from "gallery/stage-look";

/**
 * <alternative-keys data-address>: the stage with a step's pictures. Left and right go from one to the next; it listens
 * while the stage has the focus, or nothing beside it, so that arrows still move within the form. What is done to a
 * picture by key goes on to the next one; what lands does not take the view away.
 */
const STEPS = { ArrowLeft: -1, ArrowRight: 1, k: -1, j: 1 };
const NEWS = ["photos:gone", "photos:back", "photos:favourite", "photos:unfavourite", "photos:refresh", "studio:changed"];
const landed = new Map();

customElements.define("alternative-keys", class extends HTMLElement {
  connectedCallback() {
    for (const kind of ["click", "change", "picture-swipe"]) this.addEventListener(kind, this);
    document.addEventListener("keydown", this);
    document.addEventListener("htmx:beforeSwap", this);
    for (const kind of NEWS) addEventListener(kind, this);
    showSettings(this);
    // What stands inside becomes what it is a moment later.
    queueMicrotask(() => { if (this.isConnected) this.begin(); });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
    document.removeEventListener("htmx:beforeSwap", this);
    for (const kind of NEWS) removeEventListener(kind, this);
  }

  get stage() { return this.closest("#stage"); }
  get links() { return [...this.querySelectorAll("a.alternative")]; }
  get place() { return this.links.findIndex((link) => link.hasAttribute("aria-current")); }

  handleEvent(event) {
    if (event.type === "keydown") this.press(event);
    else if (event.type === "click") this.click(event);
    else if (event.type === "change") showSettings(this, event.target);
    else if (event.type === "picture-swipe") this.links[this.place + (event.detail.rel === "next" ? 1 : -1)]?.click();
    else if (event.type === "htmx:beforeSwap") { if (event.detail.target === this.stage) keepLook(this.stage); }
    else this.hear(event);
  }

  /** Tells the tree and the form which picture is looked at, and follows what lands if that is wished. */
  begin() {
    takeLook(this.stage);
    document.dispatchEvent(new CustomEvent("studio:shown", { detail: { ...this.stage.dataset } }));
    growFrom(this.stage);
    this.links[this.place]?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.ahead = [-1, 1].map((by) => this.links[this.place + by]?.dataset.large).filter(Boolean).map((src) => Object.assign(new Image(), { src }));
    const [step, here] = [this.stage.dataset.step, this.querySelectorAll("a.alternative img").length];
    const isNews = landed.has(step) && landed.get(step) < here;
    landed.set(step, here);
    if (isNews && isOn("follow")) this.links.findLast((link) => link.querySelector("img"))?.click();
  }

  press(event) {
    if (event.defaultPrevented || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open], :popover-open")) return;
    if (event.key === "z" && (event.ctrlKey || event.metaKey)) return this.takeBack(event);
    const by = STEPS[event.key];
    const isMine = this.stage.contains(event.target) || event.target.contains(this.stage);
    if (!by || !isMine || event.ctrlKey || event.metaKey) return undefined;
    return this.go(event, this.links[this.place + by]);
  }

  go(event, link) {
    if (!link) return;
    event.preventDefault();
    link.focus({ preventScroll: true });
    link.click();
  }

  takeBack(event) {
    const undo = [...document.querySelectorAll(".toast__undo")].at(-1);
    if (!undo) return;
    event.preventDefault();
    undo.click();
  }

  click(event) {
    const zoom = event.target.closest("[data-zoom]");
    if (zoom) this.querySelector("picture-zoom")?.zoom(zoom.dataset.zoom);
    const act = event.target.closest("[data-advance]");
    const next = act && event.detail === 0 && isOn("advance") ? this.links[this.place + 1]?.dataset.picture : undefined;
    this.then = next;
    const field = act?.form.querySelector("[data-then]");
    if (field) field.value = next ?? "";
    const link = event.target.closest("a.alternative");
    if (link && !event.ctrlKey && !event.metaKey) this.mark(link);
    const seed = event.target.closest("[data-use-seed]");
    if (seed) useSeed(seed);
    const used = event.target.closest("[data-use-request]");
    if (used) localStorage.removeItem(`draft:${used.dataset.useRequest}`);
  }

  /** At once, so that the next key goes on from there though the answer is still to come. */
  mark(link) {
    for (const one of this.links) {
      if (one === link) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
      one.classList.toggle("alternative--shown", one === link);
    }
  }

  /** Pictures of the stage went to the trash, came back, or changed. */
  hear({ type, detail }) {
    const photos = (detail?.photos ?? []).map(plain);
    const here = this.links.map((link) => link.dataset.picture);
    const shown = this.stage.dataset.picture;
    if (type === "photos:gone") return photos.includes(shown) ? this.show(this.neighbour(photos)) : this.showIf(photos.some((photo) => here.includes(photo)), shown);
    if (type === "photos:back") return this.show(photos.length === 1 ? photos[0] : shown);
    return this.show(this.then ?? shown);
  }

  neighbour(gone) {
    const links = this.links.map((link) => link.dataset.picture);
    const stays = (picture) => !gone.includes(picture);
    return links.slice(this.place + 1).find(stays) ?? links.slice(0, this.place).findLast(stays) ?? "";
  }

  showIf(isWanted, picture) { if (isWanted) this.show(picture); }

  show(picture = "") {
    this.then = undefined;
    htmx.ajax("GET", `${this.dataset.address}?image=${picture}`, { source: this, target: "#stage", swap: "outerHTML" }).then(keepAddress, () => {});
  }
});

/** The next request begins with this picture's seed. */
function useSeed({ dataset }) {
  const field = document.getElementById("seed");
  field.value = dataset.useSeed;
  field.closest("details").open = true;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.getElementById("step-request").hidePopover();
  field.focus();
}

/** A reload shows what is on the stage now. */
function keepAddress() {
  const here = document.querySelector("#stage a.alternative[aria-current]");
  if (here) history.replaceState(history.state, "", here.href);
}

/** Keys of photos come with and without their dashes. */
const plain = (key) => key.length === 32 ? key.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") : key;
