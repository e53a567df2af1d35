import { announce } from "gallery/announcing";
import { together } from "gallery/compare-views";
import { isTyping, lettersAreOn, nameOf } from "gallery/key-map";

/** <compare-board data-count>: pictures side by side that are enlarged and moved about together. Two can lie on each
    other, under a slider, in turns, or as their difference. Arrows go from one to the next; P, U, F and R act on it. */
const MODES = ["side", "slider", "flicker", "difference"];
const NEWS = ["photos:gone", "photos:back", "photos:favourite", "photos:unfavourite"];
const EACH = 700;

customElements.define("compare-board", class extends HTMLElement {
  connectedCallback() {
    if (!this.pictures.length) return;
    this.views = together(this);
    for (const control of this.querySelectorAll("[data-view], [data-all]")) control.hidden = false;
    for (const kind of ["click", "change", "input", "focusin"]) this.addEventListener(kind, this);
    addEventListener("keydown", this, { capture: true });
    for (const kind of NEWS) addEventListener(kind, this);
    this.count();
    this.look(this.pictures[0], { moves: false });
  }

  disconnectedCallback() {
    removeEventListener("keydown", this, { capture: true });
    for (const kind of NEWS) removeEventListener(kind, this);
    clearInterval(this.timer);
  }

  get pictures() { return [...this.querySelectorAll(".compare__picture")]; }
  get shown() { return this.pictures.filter((picture) => !picture.hidden); }
  get here() { return this.querySelector(".compare__picture[data-here]:not([hidden])") ?? this.shown[0]; }
  get mode() { return this.dataset.mode ?? "side"; }

  handleEvent(event) {
    if (event.type === "keydown") this.press(event);
    else if (event.type === "click") this.click(event);
    else if (event.type === "focusin") this.look(event.target.closest(".compare__picture"), { moves: false });
    else if (event.type === "input") this.slide(event.target);
    else if (event.type === "change") this.change(event.target);
    else this.hear(event);
  }

  click(event) {
    const asked = (name) => event.target.closest(`[data-${name}]`);
    if (asked("zoom")) this.views.zoom(asked("zoom").dataset.zoom);
    else if (asked("swap")) this.swap();
    else if (asked("next-mode")) this.setMode(MODES[(MODES.indexOf(this.mode) + 1) % MODES.length]);
    else if (asked("flick")) this.flick();
    else if (asked("play")) this.play(!this.timer);
  }

  change(field) {
    if (field.name === "mode") this.setMode(field.value);
    else if (field.id === "compare-all") this.toggleAttribute("data-all-lines", field.checked);
  }

  press(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open], :popover-open") || event.target.matches?.("input[type=range], input[type=radio]")) return;
    const name = nameOf(event);
    const isFlick = name === " " && this.mode === "flicker" && !event.target.matches?.("button, a");
    if (isFlick) this.flick();
    else if (!this.views.press(name) && !this.step(name) && !this.act(name)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  step(name) {
    const by = { ArrowLeft: -1, k: -1, ArrowRight: 1, j: 1 }[name];
    const wanted = by ? this.shown[this.shown.indexOf(this.here) + by] : /^[1-9]$/.test(name) && this.shown[name - 1];
    if (!wanted || (name.length === 1 && !lettersAreOn())) return false;
    this.look(wanted, { moves: true });
    return true;
  }

  /** What is done by key goes on to the next picture. */
  act(name) {
    const button = [...(this.here?.querySelectorAll("[data-act]") ?? [])].find((one) => one.dataset.act.split(" ").includes(name));
    if (!button || (name.length === 1 && !lettersAreOn())) return false;
    const next = this.shown[this.shown.indexOf(this.here) + 1];
    button.click();
    if (next && name !== "u" && name !== "o") this.look(next, { moves: true });
    return true;
  }

  look(picture, { moves }) {
    if (!picture) return;
    for (const one of this.pictures) one.toggleAttribute("data-here", one === picture);
    if (moves) picture.focus({ preventScroll: this.mode !== "side" });
    if (moves && this.mode === "flicker") this.flick(picture);
  }

  setMode(mode) {
    this.dataset.mode = this.shown.length === 2 ? mode : "side";
    this.querySelector(`[name=mode][value=${this.mode}]`).checked = true;
    this.querySelector("[data-slider]").hidden = this.mode !== "slider";
    this.querySelector("[data-flicker]").hidden = this.mode !== "flicker";
    this.play(false);
    if (this.mode === "flicker") this.flick(this.shown[0]);
    this.views.again();
    announce(`Shown: ${this.querySelector("[name=mode]:checked").parentElement.textContent.trim()}`);
  }

  slide(field) { if (field.matches("[data-slider]")) this.style.setProperty("--split", field.value / 100); }

  swap() {
    const [first, second] = this.shown;
    if (this.shown.length !== 2) return;
    second.after(first);
    this.views.again();
    announce(`${second.querySelector(".compare__letter").textContent} is first now`);
  }

  flick(picture = this.shown.find((one) => !one.hasAttribute("data-front"))) {
    for (const one of this.pictures) one.toggleAttribute("data-front", one === picture);
  }

  play(isOn) {
    clearInterval(this.timer);
    this.timer = isOn ? setInterval(() => this.flick(), EACH) : undefined;
    this.querySelector("[data-play]")?.setAttribute("aria-pressed", String(isOn));
  }

  hear({ type, detail }) {
    const photos = detail.photos.map((key) => key.replaceAll("-", ""));
    const named = this.pictures.filter((picture) => photos.includes(picture.dataset.photo.replaceAll("-", "")));
    if (type === "photos:gone" || type === "photos:back") this.show(named, type === "photos:back");
    else if (named.length) htmx.ajax("GET", location.href, { source: this, swap: "none" });
  }

  show(pictures, isShown) {
    const next = this.shown[this.shown.indexOf(this.here) + 1] ?? this.shown[0];
    for (const picture of pictures) picture.hidden = !isShown;
    for (const head of this.querySelectorAll("[data-column]")) head.toggleAttribute("data-gone", this.shown.every((one) => one.dataset.photo !== head.dataset.column));
    this.look(isShown ? pictures[0] : this.here ?? next, { moves: false });
    this.count();
    history.replaceState(history.state, "", `?${this.shown.map((one) => `photo=${one.dataset.photo}`).join("&")}`);
    this.setMode(this.mode);
  }

  count() {
    const count = this.shown.length;
    this.dataset.count = count;
    this.style.setProperty("--count", count);
    this.querySelector(".compare__title").textContent = `${count} picture${count === 1 ? "" : "s"}`;
    for (const control of this.querySelectorAll("[data-modes], [data-swap]")) control.hidden = count !== 2;
  }
});
