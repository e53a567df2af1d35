import { WHOLE, fit, held, scaled } from "gallery/zoom-geometry";

/** How a picture lies on the painter's stage, and what pointers do there: one paints, two move and enlarge. While Space is
    held, or with the middle button, one moves it. Once a pen was seen, fingers only move it. */
const MOST = 16;

export class MaskView {
  constructor(stage, sheet, ratio, told) {
    Object.assign(this, { stage, sheet, ratio, told, view: WHOLE, pointers: new Map() });
    for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel", "pointerleave", "wheel"]) stage.addEventListener(kind, this, { passive: false });
    new ResizeObserver(() => this.show(this.view)).observe(stage);
  }

  get room() { return { width: this.stage.clientWidth, height: this.stage.clientHeight }; }

  handleEvent(event) { this[event.type](event); }

  pointerdown(event) {
    if (event.button === 2) return;
    event.preventDefault();
    this.stage.focus({ preventScroll: true });
    this.stage.setPointerCapture(event.pointerId);
    if (event.pointerType === "pen") this.hasPen = true;
    this.pointers.set(event.pointerId, event);
    const isMove = event.button === 1 || this.isHeld || this.pointers.size > 1 || (this.hasPen && event.pointerType === "touch");
    if (isMove && this.isPainting) this.told.drop();
    this.isPainting = !isMove;
    if (this.isPainting) this.told.begin(this.point(event));
  }

  pointermove(event) {
    this.told.hover(event);
    if (!this.pointers.has(event.pointerId)) return;
    const before = middle([...this.pointers.values()]);
    this.pointers.set(event.pointerId, event);
    if (this.isPainting) {
      const moves = event.getCoalescedEvents?.() ?? [];
      for (const one of moves.length ? moves : [event]) this.told.extend(this.point(one));
      return;
    }
    const now = middle([...this.pointers.values()]);
    if (before.size) this.zoom(now.size / before.size, now);
    this.show({ ...this.view, x: this.view.x + now.x - before.x, y: this.view.y + now.y - before.y });
    this.wasMoved = true;
  }

  pointerup(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    if (this.isPainting) this.told.end();
    this.isPainting = false;
  }

  pointercancel(event) { this.pointerup(event); }

  pointerleave() { this.told.hover(null); }

  wheel(event) {
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), { x: event.clientX, y: event.clientY });
  }

  /** Enlarges by a factor with what is at a place of the screen staying there; without one, the middle. */
  zoom(by, at) {
    const box = this.stage.getBoundingClientRect();
    const point = at ? { x: at.x - box.left - box.width / 2, y: at.y - box.top - box.height / 2 } : { x: 0, y: 0 };
    this.show(scaled(this.view, Math.max(1, Math.min(MOST, this.view.scale * by)), point));
  }

  whole() { this.show(WHOLE); }

  show(view) {
    const drawn = fit(this.room, this.ratio);
    this.view = held(view, this.room, drawn);
    Object.assign(this.sheet.style, { width: `${drawn.width}px`, height: `${drawn.height}px`, transform: `translate(${this.view.x}px, ${this.view.y}px) scale(${this.view.scale})` });
    this.told.shown(this.view.scale);
  }

  /** A place of the screen in parts of the picture. */
  point(event) {
    const box = this.sheet.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  }
}

function middle([one, other = one]) {
  const [dx, dy] = [other.clientX - one.clientX, other.clientY - one.clientY];
  return { x: one.clientX + dx / 2, y: one.clientY + dy / 2, size: Math.hypot(dx, dy) };
}
