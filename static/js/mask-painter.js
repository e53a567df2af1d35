import { announce } from "gallery/announcing";
import { MaskLayer } from "gallery/mask-layer";
import { MaskView } from "gallery/mask-view";

/**
 * <mask-painter src="…" data-width data-height data-keep="…" data-mask="…">: opens a dialog in which the part of a picture
 * that shall change is painted. What is painted is stored at `data-keep` when it is to be used, and its name goes into
 * the form. Closed without that, it is still there when the dialog is opened again.
 */
const KEYS = { b: "brush", e: "erase", i: "invert", "+": "in", "=": "in", "-": "out", 0: "whole", "[": "smaller", "]": "larger" };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NO_ANSWER = "The gallery does not answer, so the mask could not be kept. It stays here: try again.";

customElements.define("mask-painter", class extends HTMLElement {
  connectedCallback() {
    const names = ["open", "take-out", "told", "fault", "size", "size-words", "soft", "soft-words", "stage", "sheet", "picture", "canvas", "cursor", "zoom-words"];
    this.parts = Object.fromEntries(names.map((name) => [name, this.querySelector(`[data-${name}]`)]));
    this.dialog = this.querySelector("dialog");
    this.parts.open.hidden = false;
    for (const kind of ["click", "input", "keydown", "keyup"]) this.addEventListener(kind, this);
    if ("begin" in this.dataset) this.#open();
  }

  handleEvent(event) { this[event.type](event); }

  click({ target }) {
    const button = target.closest("button");
    if (!button) return;
    if ("open" in button.dataset) this.#open();
    else if ("takeOut" in button.dataset) this.#use("", "");
    else if (button.dataset.tool) this.do(button.dataset.tool);
    else if (button.dataset.act) this.do(button.dataset.act);
  }

  input({ target }) {
    if (target === this.parts.size) this.#resize();
    if (target === this.parts.soft) this.#soften();
  }

  /** The keys of the dialog; Space and the arrows are those of the stage. */
  keydown(event) {
    if (!this.dialog.open) return;
    const { key } = event;
    const isControl = event.ctrlKey || event.metaKey;
    const onStage = event.target === this.parts.stage;
    if (event.target.type === "range" && ARROWS[key]) return;
    if (event.target.type === "range" && key === "Enter" && !isControl) return event.preventDefault();
    if (isControl && key.toLowerCase() === "z") this.do(event.shiftKey ? "redo" : "undo");
    else if (isControl && key.toLowerCase() === "y") this.do("redo");
    else if (isControl && key === "Enter") this.do("done");
    else if (isControl) return;
    else if (onStage && key === " ") this.view.isHeld = true;
    else if (onStage && ARROWS[key]) this.#step(ARROWS[key], event.shiftKey);
    else if (KEYS[key.toLowerCase()]) this.do(KEYS[key.toLowerCase()]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  keyup(event) {
    if (event.key !== " " || !this.view?.isHeld) return;
    this.view.isHeld = false;
    if (!this.view.wasMoved && this.at) this.#dab(this.at);
    this.view.wasMoved = false;
  }

  do(act) {
    const acts = {
      brush: () => this.#take("brush"), erase: () => this.#take("erase"),
      undo: () => this.layer.undo(), redo: () => this.layer.redo(),
      invert: () => this.layer.act({ kind: "invert" }), clear: () => this.layer.act({ kind: "clear" }),
      in: () => this.view.zoom(1.5), out: () => this.view.zoom(1 / 1.5), whole: () => this.view.whole(),
      larger: () => this.#resize(1.25), smaller: () => this.#resize(0.8),
      done: () => this.#keep(), cancel: () => this.dialog.close(),
    };
    acts[act]();
    this.#refresh();
  }

  async #open() {
    this.dialog.showModal();
    this.parts.fault.textContent = "";
    if (!this.layer) await this.#begin();
    this.view.show(this.view.view);
    this.#resize();
    this.#refresh();
    this.parts.stage.focus();
  }

  async #begin() {
    const [width, height] = [Number(this.dataset.width), Number(this.dataset.height)];
    this.parts.picture.src = this.getAttribute("src");
    this.layer = new MaskLayer(this.parts.canvas, width, height);
    this.tool = "brush";
    this.view = new MaskView(this.parts.stage, this.parts.sheet, width / height, {
      begin: (point) => { this.layer.begin(this.#pixel(point), { size: this.#size, erases: this.tool === "erase" }); },
      extend: (point) => this.layer.extend(this.#pixel(point)),
      drop: () => this.layer.drop(),
      end: () => this.#refresh(),
      hover: (event) => this.#hover(event),
      shown: (scale) => this.#shown(scale),
    });
    if (this.dataset.mask) await this.layer.open(this.dataset.mask).catch(() => {});
  }

  /** The brush in pixels of the mask: it keeps its size on the screen when the picture is enlarged. */
  get #size() { return Math.max(1, Number(this.parts.size.value) * this.parts.canvas.width / this.parts.sheet.getBoundingClientRect().width); }

  #pixel({ x, y }) { return { x: x * this.parts.canvas.width, y: y * this.parts.canvas.height }; }

  #take(tool) {
    this.tool = tool;
    for (const button of this.querySelectorAll("[data-tool]")) button.setAttribute("aria-pressed", String(button.dataset.tool === tool));
  }

  #resize(by = 1) {
    const { size } = this.parts;
    size.value = Math.round(size.value * by) + Math.sign(by - 1);
    this.parts["size-words"].textContent = size.value;
    this.parts.cursor.style.setProperty("--size", `${size.value}px`);
  }

  #soften() {
    const { soft, canvas, sheet } = this.parts;
    this.parts["soft-words"].textContent = `${soft.value} px`;
    const by = sheet.offsetWidth / Number(this.dataset.width);
    canvas.style.filter = Number(soft.value) && by ? `blur(${soft.value * by / 2}px)` : "";
  }

  #shown(scale) {
    this.parts["zoom-words"].textContent = `${Math.round(scale * 100)} %`;
    this.#soften();
  }

  #hover(event) {
    const box = this.parts.stage.getBoundingClientRect();
    const isShown = event && event.pointerType !== "touch";
    this.parts.cursor.hidden = !isShown;
    if (isShown) this.#point(event.clientX - box.left, event.clientY - box.top);
  }

  #point(x, y) {
    this.at = { x, y };
    for (const [name, value] of Object.entries(this.at)) this.parts.cursor.style.setProperty(`--${name}`, `${value}px`);
  }

  /** Moves the brush by keys; with Shift it paints on the way. */
  #step([across, down], paints) {
    const box = this.parts.stage.getBoundingClientRect();
    const from = this.at ?? { x: box.width / 2, y: box.height / 2 };
    const by = Math.max(4, Number(this.parts.size.value) / 3);
    this.parts.cursor.hidden = false;
    this.#point(Math.min(box.width, Math.max(0, from.x + across * by)), Math.min(box.height, Math.max(0, from.y + down * by)));
    if (paints) this.#dab(from, this.at);
  }

  #dab(from, to = from) {
    const box = this.parts.stage.getBoundingClientRect();
    const [one, other] = [from, to].map(({ x, y }) => this.#pixel(this.view.point({ clientX: box.left + x, clientY: box.top + y })));
    this.layer.begin(one, { size: this.#size, erases: this.tool === "erase" });
    this.layer.extend(other);
    this.#refresh();
  }

  #refresh() {
    if (!this.layer) return;
    this.querySelector('[data-act="undo"]').disabled = !this.layer.acts.length;
    this.querySelector('[data-act="redo"]').disabled = !this.layer.undone.length;
  }

  async #keep() {
    this.parts.fault.textContent = "";
    if (this.layer.isEmpty) return this.#used("", "");
    const body = new FormData();
    body.append("mask", await this.layer.toBlob(), "mask.png");
    const headers = { "X-CSRFToken": this.closest("form").elements.csrfmiddlewaretoken.value, Accept: "application/json" };
    const answer = await fetch(this.dataset.keep, { method: "POST", body, headers }).then((sent) => sent.json()).catch(() => ({ error: NO_ANSWER }));
    if (answer.error) this.parts.fault.textContent = answer.error;
    else this.#used(answer.name, answer.url);
  }

  #used(name, address) {
    this.dialog.close();
    this.#use(name, address);
    this.parts.open.focus();
  }

  /** Puts a mask into the form, or takes it out. */
  #use(name, address) {
    this.querySelector("[name=mask]").value = name;
    this.dataset.mask = address;
    if (!name) this.layer?.forget();
    this.parts["take-out"].hidden = !name;
    this.querySelector("[data-open-words]").textContent = name ? "Change the mask" : "Paint a mask";
    this.parts.told.textContent = name ? "Only what is painted changes." : "";
    announce(name ? "The mask is used. Only what is painted changes." : "No mask is used.");
    this.#cover(address);
    this.dispatchEvent(new CustomEvent("draft-changed", { bubbles: true }));
  }

  #cover(address) {
    const picture = this.closest(".request-source")?.querySelector(".request-source__picture");
    picture?.querySelector(".request-source__mask")?.remove();
    if (!address) return;
    const cover = Object.assign(document.createElement("span"), { className: "request-source__mask" });
    cover.style.setProperty("--mask", `url(${address})`);
    picture?.append(cover);
  }
});
