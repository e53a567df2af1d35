import { announce } from "gallery/announcing";
import { isTyping } from "gallery/key-map";
import { TreeRows } from "gallery/tree-rows";

/** <step-tree data-session data-news>: the tree of a session's steps. Arrows walk it, Enter puts a step on the stage,
    Space folds a branch; folds and the size are remembered. What comes of steps appears by itself. */
const SIZE = "tree-size";
const [SOON, LATER] = [2000, 15000];
const NEWS = ["photos:gone", "photos:back", "photos:refresh"];

customElements.define("step-tree", class extends HTMLElement {
  connectedCallback() {
    this.rows = new TreeRows(this, `folds:${this.dataset.session}`);
    this.resize(localStorage.getItem(SIZE) ?? "medium");
    for (const control of this.querySelectorAll(".step-tree__sizes, [data-fold-others]")) control.hidden = false;
    for (const kind of ["click", "keydown", "change"]) this.addEventListener(kind, this);
    for (const kind of ["htmx:afterSettle", "studio:shown"]) document.addEventListener(kind, this);
    for (const kind of NEWS) addEventListener(kind, this);
    this.follow({ unfolds: true });
    this.wait();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    for (const kind of ["htmx:afterSettle", "studio:shown"]) document.removeEventListener(kind, this);
    for (const kind of NEWS) removeEventListener(kind, this);
  }

  get list() { return this.querySelector("[role=tree]"); }
  get stage() { return document.getElementById("stage")?.dataset.step; }

  handleEvent(event) {
    if (event.type === "click") this.click(event);
    else if (event.type === "keydown") this.press(event);
    else if (event.type === "change") this.resize(event.target.value, { isAsked: true });
    else if (event.type.startsWith("photos:")) this.ask("all=1");
    else this.settle(event);
  }

  /** Another step came to the stage, the form begins with another picture, or rows were drawn anew. */
  settle(event) {
    if (event.type === "studio:shown") return this.follow({ unfolds: true });
    if (event.target.closest(".request-form")) return this.rows.plan();
    return event.target.id === "tree" ? this.follow({ unfolds: false }) : undefined;
  }

  follow({ unfolds }) {
    if (!this.list) return;
    const isNew = this.rows.follow(this.stage, { unfolds });
    if (isNew && this.rows.here) this.rows.reveal(this.rows.here.row);
  }

  click(event) {
    const row = event.target.closest(".tree-row");
    const others = event.target.closest("[data-fold-others]");
    if (event.target.closest(".step__fold")) this.fold(row);
    else if (others) this.say(this.rows.foldAll((one) => one.isSide && !one.isWay));
    else if (event.target.closest("[data-fold-all]")) this.say(this.rows.foldAll((one) => one.isSide));
    else if (event.target.closest("[data-unfold-all]")) this.say(this.rows.foldAll(() => false));
    else if (row?.matches(".tree-row--step")) this.open(event, row.querySelector(".step"));
    else if (row?.matches(".tree-row--next")) this.write(event);
    if (event.target.closest(".menu__item")) this.querySelector("#tree-menu")?.hidePopover();
  }

  open(event, link) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest(".step") || !document.getElementById("stage")) return;
    event.preventDefault();
    this.rows.focus(link.parentElement, { moves: false });
    htmx.ajax("GET", link.getAttribute("href"), { source: this.list, target: "#stage", swap: "outerHTML" });
  }

  write(event) {
    const words = document.getElementById("prompt");
    if (!words) return;
    event.preventDefault();
    words.focus();
  }

  fold(row) {
    const isFolded = this.rows.fold(row);
    announce(isFolded ? "Folded" : "Unfolded");
  }

  say(count) { announce(count ? `${count} branches folded` : "Nothing is folded"); }

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const row = event.target.closest?.(".step")?.parentElement;
    if (!row) return;
    if (event.key === " " && row.matches(".tree-row--parent")) this.fold(row);
    else if (event.key === "ArrowRight" && this.rows.isFolded(row)) this.fold(row);
    else if (this.rows.canStep(event.key)) this.rows.focus(this.rows.step(row, event.key), { moves: true });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  resize(size, { isAsked = false } = {}) {
    this.dataset.size = size;
    const option = this.querySelector(`.step-tree__sizes [value=${CSS.escape(size)}]`);
    if (option) option.checked = true;
    if (isAsked) localStorage.setItem(SIZE, size);
    if (isAsked && this.rows.here) this.rows.reveal(this.rows.here.row);
  }

  /** Asks what became of the steps that are not finished, and whether there are new ones. */
  wait() {
    if (!this.dataset.news) return;
    const pause = this.querySelector("[data-mark]") ? SOON : LATER;
    this.timer = setTimeout(async () => {
      if (!document.hidden && this.list) await this.ask(this.marks()).catch(() => {});
      if (this.isConnected) this.wait();
    }, pause);
  }

  marks() {
    const open = [...this.querySelectorAll("[data-mark]")].map((note) => `open=${note.closest(".step").id.slice(4)}:${note.dataset.mark}`);
    return [`steps=${this.list.dataset.steps}`, ...open].join("&");
  }

  ask(question) {
    if (!this.list) return Promise.resolve();
    return htmx.ajax("GET", `${this.dataset.news}?step=${this.stage ?? ""}&${question}`, { source: this, target: "#tree", swap: "none" });
  }
});
