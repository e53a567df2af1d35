import { isTraversed } from "gallery/traversed";

/**
 * <form-draft key="…" fields="…">: holds a form and keeps all of it in this browser until it is sent: what was entered,
 * the picture, the mask, the LoRAs, and which parts are unfolded. What the model decides is asked of `fields` again.
 * With `keep` the form shows what was just asked for, so nothing is put back over it; with `keep="sent"` it came back
 * because something was wrong with it, and is a draft again.
 */
const LEFT_OUT = ["csrfmiddlewaretoken", "parent", "once"];
const EVENTS = ["input", "change", "submit", "toggle", "click", "draft-changed", "htmx:afterSettle"];
// How long an answer may take, in milliseconds, before a second press is meant.
const PATIENCE = 5000;

customElements.define("form-draft", class extends HTMLElement {
  connectedCallback() {
    for (const kind of EVENTS) this.addEventListener(kind, this, { capture: kind === "toggle" });
    addEventListener("pageshow", this);
    this.folds = new Map();
    if (!this.hasAttribute("keep")) this.#restore();
    else if (this.getAttribute("keep") === "sent") this.#takeBack();
  }

  disconnectedCallback() {
    removeEventListener("pageshow", this);
    for (const kind of EVENTS) this.removeEventListener(kind, this, { capture: kind === "toggle" });
  }

  handleEvent(event) {
    if (event.type === "submit") this.#submit(event);
    else if (event.type === "pageshow") this.#shown(event);
    else if (event.type === "click") { if (event.target.closest("[data-discard]")) this.#discard(); }
    else if (event.type === "toggle") this.#fold(event.target);
    else if (event.type === "htmx:afterSettle") this.#settled();
    else this.save();
  }

  get held() { return this.querySelector("form"); }

  get #name() { return `draft:${this.getAttribute("key")}`; }

  /** Every entry of the form, and what is unfolded. */
  save() {
    const entries = [...new FormData(this.held)].filter(([name, value]) => !LEFT_OUT.includes(name) && typeof value === "string");
    localStorage.setItem(this.#name, JSON.stringify({ entries, folds: [...this.folds] }));
  }

  /** A second press while the answer to the first is on its way asks for nothing. */
  #submit(event) {
    if (Date.now() - this.sentAt < PATIENCE) event.preventDefault();
    else this.#sent(event);
  }

  /** Who comes back to the form and sends it once more does want it once more. */
  #shown({ persisted }) {
    this.sentAt = 0;
    if (persisted || isTraversed()) this.held.elements.once.value = crypto.randomUUID?.() ?? String(Math.random());
  }

  /** What was sent is kept aside: when nobody took it, the way back in the browser brings it up again. */
  #sent(event) {
    if (event.submitter?.name === "take_out") return;
    this.sentAt = Date.now();
    this.save();
    localStorage.setItem(`sent:${this.getAttribute("key")}`, localStorage.getItem(this.#name));
    localStorage.removeItem(this.#name);
  }

  #takeBack() {
    this.folds = new Map(parsed(localStorage.getItem(`sent:${this.getAttribute("key")}`))?.folds);
    this.#unfold();
    this.save();
  }

  #discard() {
    localStorage.removeItem(this.#name);
    location.reload();
  }

  #fold(details) {
    if (!details.matches("[data-fold]") || this.isFolding) return;
    this.folds.set(details.id, details.open);
    if (localStorage.getItem(this.#name)) this.save();
  }

  /** New fields came: what was unfolded is unfolded again, and they are part of the draft. */
  #settled() {
    this.#unfold();
    if (!this.isRestoring) this.save();
    this.isRestoring = false;
  }

  #unfold() {
    this.isFolding = true;
    for (const [id, open] of this.folds) {
      const details = document.getElementById(id);
      if (details && !details.querySelector(".field__error")) details.open = open;
    }
    setTimeout(() => { this.isFolding = false; });
  }

  #restore() {
    const draft = this.#read();
    if (!draft) return;
    this.folds = new Map(draft.folds);
    this.#fill(draft.entries);
    this.#unfold();
    this.querySelector("[data-draft]")?.removeAttribute("hidden");
    if (!this.#differs(draft.entries)) return;
    this.isRestoring = true;
    htmx.ajax("POST", this.getAttribute("fields"), { source: this, target: "#request-rest", swap: "outerHTML", values: valuesOf(draft.entries) });
  }

  #read() {
    return parsed(localStorage.getItem(this.#name) ?? (isTraversed() ? localStorage.getItem(`sent:${this.getAttribute("key")}`) : null));
  }

  /** Puts back at once what no other field depends on: the words, and what stands beside them. */
  #fill(entries) {
    const values = new Map(entries);
    for (const field of this.held.elements) {
      const isDecidedThere = field.closest("#request-rest, #request-source") && field.name !== "negative_prompt";
      if (isDecidedThere || !values.has(field.name) || LEFT_OUT.includes(field.name)) continue;
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.get(field.name) === field.value;
      else field.value = values.get(field.name);
    }
    this.held.dispatchEvent(new Event("draft-restored"));
  }

  #differs(entries) {
    const now = [...new FormData(this.held)].filter(([name, value]) => !LEFT_OUT.includes(name) && typeof value === "string");
    return JSON.stringify(now.sort()) !== JSON.stringify(entries.toSorted());
  }
});

/** What was kept; an old draft held words by their names. */
function parsed(text) {
  try {
    const draft = JSON.parse(text);
    return !draft || draft.entries ? draft : { entries: Object.entries(draft), folds: [] };
  } catch { return null; }
}

/** What htmx sends, a name that repeats as a list. */
function valuesOf(entries) {
  const values = {};
  for (const [name, value] of entries) values[name] = name in values ? [values[name], value].flat() : value;
  return values;
}
