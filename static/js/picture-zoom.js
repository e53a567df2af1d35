import { announce } from "gallery/announcing";
import { isTyping } from "gallery/key-map";
import { watchPointers } from "gallery/pointer-gestures";
import { WHOLE, fit, held, pixelScale, scaled } from "gallery/zoom-geometry";

/** <picture-zoom data-original>: enlarges its picture by keys, wheel, double tap and pinch, and moves it about.
    The original comes only when it is enlarged. A swipe over the whole picture is told as "picture-swipe", another view as "picture-view". */
const [STEP, PAN, MOST] = [1.5, 96, 8];
const ARROWS = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] };

customElements.define("picture-zoom", class extends HTMLElement {
  connectedCallback() {
    this.image = this.querySelector("img");
    this.view = WHOLE;
    watchPointers(this, { move: (move) => this.move(move), end: (end) => this.end(end) });
    this.addEventListener("wheel", this, { passive: false });
    document.addEventListener("keydown", this, { capture: true });
    addEventListener("resize", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this, { capture: true });
    removeEventListener("resize", this);
  }

  handleEvent(event) {
    if (event.type === "resize") this.show(this.view);
    else if (event.type === "wheel") this.roll(event);
    else this.press(event);
  }

  get isZoomed() { return this.view.scale > 1; }
  get stage() { return { width: this.clientWidth, height: this.clientHeight }; }
  get drawn() { return fit(this.stage, this.image.width && this.dataset.width / this.dataset.height); }
  get pixels() { return pixelScale(Number(this.dataset.width), this.drawn, devicePixelRatio); }

  /** Zooms "in", "out" or between the whole picture and its "pixels", and says so. */
  zoom(kind, point = { x: 0, y: 0 }) {
    const scale = { in: this.view.scale * STEP, out: this.view.scale / STEP, pixels: this.isZoomed ? 1 : this.pixels }[kind];
    this.to(scale, point);
    announce(this.isZoomed ? `Enlarged ${this.view.scale.toFixed(1)} times` : "Whole picture");
  }

  to(scale, point) {
    const most = Math.max(MOST, 4 * this.pixels);
    this.show(scaled(this.view, Math.max(1, Math.min(most, scale)), point));
  }

  move({ dx, dy, by, x, y, fingers, type }) {
    if (fingers > 1) this.to(this.view.scale * by, this.fromMiddle(x, y));
    if (this.isZoomed) this.show({ ...this.view, x: this.view.x + dx, y: this.view.y + dy });
    else if (fingers === 1 && type === "touch") this.style.setProperty("--x", `${this.drag = (this.drag ?? 0) + dx}px`);
  }

  end({ across, isDouble, isSwipe, x, y }) {
    this.drag = 0;
    if (isDouble) return this.zoom("pixels", this.fromMiddle(x, y));
    if (!this.isZoomed && isSwipe) this.dispatchEvent(new CustomEvent("picture-swipe", { bubbles: true, detail: { rel: across < 0 ? "next" : "prev" } }));
    return this.show(this.view);
  }

  roll(event) {
    if (!event.ctrlKey && !this.isZoomed) return;
    event.preventDefault();
    if (event.ctrlKey) this.to(this.view.scale * Math.exp(-event.deltaY / 200), this.fromMiddle(event.clientX, event.clientY));
    else this.show({ ...this.view, x: this.view.x - event.deltaX, y: this.view.y - event.deltaY });
  }

  /** While it is enlarged the arrows move it and Esc shows the whole of it; else they are the viewer's. */
  press(event) {
    if (!this.isZoomed || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || document.querySelector("dialog[open], :popover-open")) return;
    const [dx, dy] = ARROWS[event.key] ?? [];
    if (event.key === "Escape") this.zoom("pixels");
    else if (dx !== undefined) this.show({ ...this.view, x: this.view.x + dx, y: this.view.y + dy });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  fromMiddle(x, y) {
    const box = this.getBoundingClientRect();
    return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
  }

  show(view) {
    this.view = held(view, this.stage, this.drawn);
    this.classList.toggle("is-zoomed", this.isZoomed);
    this.style.setProperty("--scale", this.view.scale);
    for (const side of ["x", "y"]) this.style.setProperty(`--${side}`, `${this.view[side]}px`);
    if (this.isZoomed) this.sharpen();
    this.dispatchEvent(new CustomEvent("picture-view", { bubbles: true }));
  }

  async sharpen() {
    const address = this.dataset.original;
    if (!address || this.isSharp) return;
    this.isSharp = true;
    const original = Object.assign(new Image(), { src: address });
    await original.decode().then(() => { this.image.src = address; }, () => { this.isSharp = false; });
  }
});
