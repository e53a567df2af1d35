/** What is painted over a picture: a list of acts on a canvas, so that each can be undone. Painted is opaque. */
const COLOUR = "#f0b04a";
const LONGEST = 2048;

export class MaskLayer {
  constructor(canvas, width, height) {
    const by = Math.min(1, LONGEST / Math.max(width, height));
    Object.assign(canvas, { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) });
    this.canvas = canvas;
    this.pen = canvas.getContext("2d", { willReadFrequently: true });
    this.acts = [];
    this.undone = [];
  }

  get isEmpty() {
    const { data } = this.pen.getImageData(0, 0, this.canvas.width, this.canvas.height);
    for (let place = 3; place < data.length; place += 4) if (data[place] > 8) return false;
    return true;
  }

  /** Begins with a mask that was painted before: white is painted. */
  async open(address) {
    const picture = Object.assign(new Image(), { src: address });
    await picture.decode();
    this.base = alphaOf(picture, this.canvas.width, this.canvas.height);
    this.redraw();
  }

  /** Begins a stroke, which `extend` goes on with. */
  begin(point, { size, erases }) {
    this.act({ kind: "stroke", size, erases, points: [point] });
  }

  extend(point) {
    const stroke = this.acts.at(-1);
    stroke.points.push(point);
    this.line(stroke, stroke.points.slice(-2));
  }

  /** Takes back what was begun, without a way to have it again. */
  drop() {
    this.acts.pop();
    this.redraw();
  }

  /** Begins anew. */
  forget() {
    Object.assign(this, { acts: [], undone: [], base: undefined });
    this.redraw();
  }

  act(act) {
    this.acts.push(act);
    this.undone = [];
    this.draw(act);
  }

  undo() { this.#move(this.acts, this.undone); }

  redo() { this.#move(this.undone, this.acts); }

  #move(from, to) {
    if (!from.length) return;
    to.push(from.pop());
    this.redraw();
  }

  redraw() {
    this.draw({ kind: "clear" });
    if (this.base) this.pen.drawImage(this.base, 0, 0);
    for (const act of this.acts) this.draw(act);
  }

  draw(act) {
    const { width, height } = this.canvas;
    this.pen.fillStyle = this.pen.strokeStyle = COLOUR;
    if (act.kind === "stroke") this.line(act, act.points);
    else if (act.kind === "clear") this.pen.clearRect(0, 0, width, height);
    else this.#with("xor", () => this.pen.fillRect(0, 0, width, height));
  }

  line({ size, erases }, points) {
    this.#with(erases ? "destination-out" : "source-over", () => {
      Object.assign(this.pen, { lineWidth: size, lineCap: "round", lineJoin: "round" });
      this.pen.beginPath();
      this.pen.moveTo(points[0].x, points[0].y);
      for (const { x, y } of points) this.pen.lineTo(x, y);
      this.pen.stroke();
    });
  }

  #with(mode, draw) {
    this.pen.globalCompositeOperation = mode;
    draw();
    this.pen.globalCompositeOperation = "source-over";
  }

  /** The mask as it is sent: a PNG, white where it is painted and black elsewhere. */
  toBlob() {
    const { width, height } = this.canvas;
    const [white, sheet] = [blank(width, height), blank(width, height)];
    white.drawImage(this.canvas, 0, 0);
    white.globalCompositeOperation = "source-in";
    fill(white, "#fff");
    fill(sheet, "#000");
    sheet.drawImage(white.canvas, 0, 0);
    return new Promise((told) => { sheet.canvas.toBlob(told, "image/png"); });
  }
}

function blank(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
}

function fill(pen, colour) {
  pen.fillStyle = colour;
  pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
}

/** A canvas that is opaque where a picture is white. */
function alphaOf(picture, width, height) {
  const pen = blank(width, height);
  pen.drawImage(picture, 0, 0, width, height);
  const pixels = pen.getImageData(0, 0, width, height);
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(COLOUR.slice(at, at + 2), 16));
  for (let place = 0; place < pixels.data.length; place += 4) pixels.data.set([red, green, blue, pixels.data[place]], place);
  pen.putImageData(pixels, 0, 0);
  return pen.canvas;
}
