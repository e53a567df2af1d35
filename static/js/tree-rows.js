import { growth } from "gallery/growing-from";

/** The rows of the tree: which are folded, which one is on the stage and the way to it, and where an arrow leads.
    Everything is one walk over the rows, so that a thousand of them take a few milliseconds. */
const STEPS = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

export class TreeRows {
  constructor(tree, name) {
    this.tree = tree;
    this.name = name;
    this.folds = new Set(read(name));
  }

  get rows() { return [...this.tree.querySelectorAll(".tree-row:not(.tree-row--next)")]; }
  get next() { return this.tree.querySelector(".tree-row--next"); }
  get shown() { return [...this.tree.querySelectorAll(".tree-row:not([hidden])")]; }

  isFolded(row) { return row.classList.contains("is-folded"); }

  canStep(key) { return STEPS.has(key); }

  /** Marks the step on the stage and the way to it; tells whether it is another one than before. */
  follow(key, { unfolds }) {
    const rows = this.rows;
    const here = rows.find((row) => keyOf(row) === key);
    const isNew = keyOf(here) !== this.key;
    [this.here, this.key] = [here, keyOf(here)];
    const way = wayTo(here, rows);
    if (unfolds && isNew) for (const row of way.slice(0, -1)) this.folds.delete(keyOf(row));
    mark(rows, way, here);
    this.show(rows);
    this.plan();
    this.rove();
    return isNew;
  }

  fold(row) {
    const key = keyOf(row);
    this.folds[this.folds.has(key) ? "delete" : "add"](key);
    this.keep();
    this.show(this.rows);
    this.plan();
    return this.folds.has(key);
  }

  /** Folds every branch for which `wants` says so, and unfolds the others. Returns how many are folded. */
  foldAll(wants) {
    const parents = this.rows.filter((row) => row.matches(".tree-row--parent"));
    const told = (row) => ({ isSide: row.matches(".tree-row--side"), isWay: row.matches(".is-way") });
    this.folds = new Set(parents.filter((row) => wants(told(row))).map(keyOf));
    this.keep();
    this.show(this.rows);
    this.plan();
    if (this.tree.contains(document.activeElement) && document.activeElement.closest(".tree-row[hidden]")) this.focus(this.here, { moves: true });
    return this.folds.size;
  }

  keep() {
    if (this.folds.size) localStorage.setItem(this.name, JSON.stringify([...this.folds]));
    else localStorage.removeItem(this.name);
  }

  show(rows) {
    let under = Infinity;
    for (const row of rows) {
      const level = Number(row.dataset.level);
      if (level <= under) under = Infinity;
      const isHidden = level > under;
      if (row.hidden !== isHidden) row.hidden = isHidden;
      if (isHidden || !row.matches(".tree-row--parent")) continue;
      const isFolded = this.folds.has(keyOf(row));
      row.classList.toggle("is-folded", isFolded);
      linkOf(row).setAttribute("aria-expanded", String(!isFolded));
      if (isFolded) under = level;
    }
  }

  /** The next step is drawn where it will grow: straight on below a leaf, else to the side. */
  plan() {
    if (!this.next) return;
    const { step, note } = growth();
    const parent = document.getElementById(`row-${step}`)?.parentElement;
    this.next.hidden = !parent || parent.hidden;
    if (!parent) return;
    const isSide = parent.matches(".tree-row--parent");
    if (parent.nextElementSibling !== this.next) parent.after(this.next);
    this.next.style.setProperty("--lane", Number(parent.dataset.lane) + isSide);
    this.next.classList.toggle("tree-row--side", isSide);
    this.next.dataset.parent = step;
    linkOf(this.next).setAttribute("aria-level", Number(parent.dataset.level) + 1);
    this.next.querySelector("[data-next-note]").textContent = note;
  }

  /** One row can be reached with Tab; the arrows do the rest. */
  rove() {
    const rows = this.shown;
    const link = rows.map(linkOf).find((one) => one.tabIndex === 0) ?? (this.here && linkOf(this.here)) ?? (rows[0] && linkOf(rows[0]));
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
    if (key === "ArrowLeft") return rows.find((one) => keyOf(one) === row.dataset.parent);
    return rows.find((one) => one.dataset.parent === keyOf(row) && one !== this.next) ?? rows.find((one) => one.dataset.parent === keyOf(row));
  }

  /** Scrolls the tree, and never the page, unless the row has the focus. */
  reveal(row) {
    const scroller = this.tree.querySelector(".step-tree__scroller");
    const isOwnScroller = getComputedStyle(scroller).overflowY === "auto";
    if (!isOwnScroller) { if (row.contains(document.activeElement)) row.scrollIntoView({ block: "nearest" }); return; }
    const [box, own] = [scroller.getBoundingClientRect(), row.getBoundingClientRect()];
    if (own.top < box.top) scroller.scrollTop -= box.top - own.top;
    else if (own.bottom > box.bottom) scroller.scrollTop += own.bottom - box.bottom + own.height;
  }
}

const linkOf = (row) => row.querySelector(".step");
const keyOf = (row) => row && linkOf(row).id.slice(4);

function read(name) {
  try { return JSON.parse(localStorage.getItem(name) ?? "[]"); } catch { return []; }
}

function wayTo(here, rows) {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  const way = [];
  for (let row = here; row && !way.includes(row); row = byKey.get(row.dataset.parent)) way.unshift(row);
  return way;
}

/** The way passes by the rows between two of its own, in the lane of the upper one. */
function mark(rows, way, here) {
  const left = new Set(way);
  let lane = null;
  for (const row of rows) {
    const isWay = left.has(row);
    row.classList.toggle("is-way", isWay);
    row.classList.toggle("is-here", row === here);
    row.classList.toggle("is-passed", !isWay && lane !== null);
    if (!isWay && lane !== null) row.style.setProperty("--passed", lane);
    if (isWay) lane = row === here ? null : row.dataset.lane;
    const link = linkOf(row);
    if (row === here) link.setAttribute("aria-current", "step");
    else if (link.hasAttribute("aria-current")) link.removeAttribute("aria-current");
  }
}
