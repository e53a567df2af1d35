import { growth } from "gallery/growing-from";

/** The rows of the tree: which are folded, which one is on the stage and the way to it, and where an arrow leads.
    What is known of the rows is read once, and only what changes is written, so that a thousand of them are no matter. */
const STEPS = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);
// Beside a row on its left, and what of a row is enough to read it, in pixels.
const [MARGIN, READABLE] = [24, 280];

export class TreeRows {
  constructor(tree, name) {
    this.tree = tree;
    this.name = name;
    this.folds = new Set(read(name));
  }

  get list() { return this.tree.querySelector("[role=tree]"); }
  get next() { return this.tree.querySelector(".tree-row--next"); }
  get shown() { return [...this.tree.querySelectorAll(".tree-row:not([hidden])")]; }

  /** The rows in their order; read anew when the list was drawn anew. */
  get rows() {
    if (this.known === this.list) return this.facts;
    this.known = this.list;
    this.facts = [...this.tree.querySelectorAll(".tree-row:not(.tree-row--next)")].map(factsOf);
    this.byKey = new Map(this.facts.map((one) => [one.key, one]));
    return this.facts;
  }

  isFolded(row) { return row.classList.contains("is-folded"); }

  canStep(key) { return STEPS.has(key); }

  /** Marks the step on the stage and the way to it; tells whether it is another one than before. */
  follow(key, { unfolds }) {
    const rows = this.rows;
    const here = this.byKey.get(key);
    const isNew = here?.key !== this.here?.key;
    this.here = here;
    const way = this.wayTo(here);
    if (unfolds && isNew) for (const one of way) if (one !== here) this.folds.delete(one.key);
    mark(rows, way, here);
    this.show();
    this.plan();
    this.rove();
    return isNew;
  }

  wayTo(here) {
    const way = new Set();
    for (let one = here; one && !way.has(one); one = this.byKey.get(one.parent)) way.add(one);
    return way;
  }

  fold(row) {
    const key = keyOf(row);
    this.folds[this.folds.has(key) ? "delete" : "add"](key);
    this.keep();
    return this.folds.has(key);
  }

  /** Folds every branch for which `wants` says so, and unfolds the others. Returns how many are folded. */
  foldAll(wants) {
    this.folds = new Set(this.rows.filter((one) => one.isParent && wants(one)).map((one) => one.key));
    this.keep();
    if (document.activeElement?.closest(".tree-row[hidden]")) this.focus(this.shown[0], { moves: true });
    return this.folds.size;
  }

  keep() {
    if (this.folds.size) localStorage.setItem(this.name, JSON.stringify([...this.folds]));
    else localStorage.removeItem(this.name);
    this.show();
    this.plan();
  }

  show() {
    let under = Infinity;
    for (const one of this.rows) {
      if (one.level <= under) under = Infinity;
      const isHidden = one.level > under;
      if (one.row.hidden !== isHidden) one.row.hidden = isHidden;
      if (isHidden || !one.isParent) continue;
      const isFolded = this.folds.has(one.key);
      if (one.isFolded !== isFolded) {
        one.row.classList.toggle("is-folded", isFolded);
        one.link.setAttribute("aria-expanded", String(!isFolded));
        one.isFolded = isFolded;
      }
      if (isFolded) under = one.level;
    }
  }

  /** The next step is drawn where it will grow: straight on below a leaf, else to the side. */
  plan() {
    if (!this.next) return;
    const { step, note } = growth();
    const parent = this.rows && this.byKey.get(step);
    this.next.hidden = !parent || parent.row.hidden;
    if (!parent) return;
    const isSide = parent.isParent;
    if (parent.row.nextElementSibling !== this.next) parent.row.after(this.next);
    this.next.style.setProperty("--lane", parent.lane + isSide);
    this.next.classList.toggle("tree-row--side", isSide);
    const passed = parent.isWay && parent !== this.here ? parent.lane : parent.passed ?? null;
    this.next.classList.toggle("is-passed", passed !== null);
    this.next.style.setProperty("--passed", passed ?? 0);
    this.next.dataset.parent = step;
    linkOf(this.next).setAttribute("aria-level", parent.level + 1);
    this.next.querySelector("[data-next-note]").textContent = note;
  }

  /** One row can be reached with Tab; the arrows do the rest. */
  rove() {
    if (this.tree.querySelector(".tree-row:not([hidden]) > .step[tabindex='0']")) return;
    const link = this.here?.link ?? this.rows[0]?.link;
    if (link) link.tabIndex = 0;
  }

  focus(row, { moves }) {
    if (!row) return;
    for (const link of this.tree.querySelectorAll(".step[tabindex='0']")) link.tabIndex = -1;
    linkOf(row).tabIndex = 0;
    if (moves) linkOf(row).focus({ preventScroll: true });
    this.reveal(row);
  }

  step(row, key) {
    const rows = this.shown;
    const place = rows.indexOf(row);
    if (key === "Home") return rows[0];
    if (key === "End") return rows.at(-1);
    if (key === "ArrowUp") return rows[place - 1];
    if (key === "ArrowDown") return rows[place + 1];
    if (key === "ArrowLeft") return this.byKey.get(row.dataset.parent)?.row;
    const grown = rows.filter((one) => one.dataset.parent === keyOf(row));
    return grown.find((one) => one !== this.next) ?? grown[0];
  }

  /** Scrolls the tree, and never the page, unless the row has the focus. */
  reveal(row) {
    const scroller = this.tree.querySelector(".step-tree__scroller");
    scroller.scrollLeft = sideways(scroller, linkOf(row));
    if (getComputedStyle(scroller).overflowY !== "auto") {
      if (row.contains(document.activeElement)) row.scrollIntoView({ block: "nearest" });
      return;
    }
    const [box, own] = [scroller.getBoundingClientRect(), row.getBoundingClientRect()];
    if (own.top < box.top) scroller.scrollTop -= box.top - own.top;
    else if (own.bottom > box.bottom) scroller.scrollTop += own.bottom - box.bottom + own.height;
  }
}

/** How far to the right the tree must be for a row of a deep lane to be read. */
function sideways(scroller, link) {
  const at = link.getBoundingClientRect().left - scroller.getBoundingClientRect().left + scroller.scrollLeft;
  return Math.max(0, Math.min(at - MARGIN, at + READABLE - scroller.clientWidth));
}

const linkOf = (row) => row.querySelector(".step");
const keyOf = (row) => linkOf(row).id.slice(4);

function factsOf(row) {
  const link = linkOf(row);
  const { lane, level, parent } = row.dataset;
  const states = { isParent: row.matches(".tree-row--parent"), isSide: row.matches(".tree-row--side"), isWay: row.matches(".is-way") };
  return { row, link, key: link.id.slice(4), parent, lane: Number(lane), level: Number(level), ...states, isFolded: false };
}

function read(name) {
  try { return JSON.parse(localStorage.getItem(name) ?? "[]"); } catch { return []; }
}

/** The way passes by the rows between two of its own, in the lane of the upper one. */
function mark(rows, way, here) {
  let lane = null;
  for (const one of rows) {
    one.isWay = way.has(one);
    const passed = one.isWay ? null : lane;
    one.row.classList.toggle("is-way", one.isWay);
    one.row.classList.toggle("is-here", one === here);
    one.row.classList.toggle("is-passed", passed !== null);
    if (passed !== null && one.passed !== passed) one.row.style.setProperty("--passed", passed);
    one.passed = passed;
    if (one.isWay) lane = one === here ? null : one.lane;
    if (one === here) one.link.setAttribute("aria-current", "step");
    else if (one.link.hasAttribute("aria-current")) one.link.removeAttribute("aria-current");
  }
}
