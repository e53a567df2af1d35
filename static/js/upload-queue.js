import { canHash, knownAmong } from "gallery/known-files";

/** Sends files, three at a time, and asks what became of them. Says "change" whenever an item of it changes.
    An item goes from waiting over checking (is it here already?) and ready to sending and looked-at, and ends as
    accepted, duplicate, refused, failed or cancelled. Thousands are no burden: items are kept by their state. */
const AT_ONCE = 3;
const [SOON, LATE] = [700, 4000];
// So much is hashed before the gallery is asked, and so many are kept ready: sending goes on meanwhile.
const [CHECKED_FILES, CHECKED_BYTES, READY] = [100, 64 * 1024 * 1024, 12];
export const UNSENT = ["waiting", "checking", "ready", "sending"];
export const OPEN = [...UNSENT, "looked-at"];

export class UploadQueue extends EventTarget {
  constructor(address, token) {
    super();
    Object.assign(this, { address, token, items: [], states: new Map(), pause: SOON });
  }

  get isSending() { return this.count(...UNSENT) > 0; }
  get isBusy() { return this.count(...OPEN) > 0; }

  of(...states) { return states.flatMap((state) => [...(this.states.get(state) ?? [])]); }
  count(...states) { return states.reduce((sum, state) => sum + (this.states.get(state)?.size ?? 0), 0); }

  /** Returns up to so many items of a state, the oldest first, without looking at the others. */
  first(state, most) {
    const found = [];
    for (const item of this.states.get(state) ?? []) {
      if (found.length >= most) break;
      found.push(item);
    }
    return found;
  }

  add(files) {
    for (const file of files) this.enter({ file, name: file.webkitRelativePath || file.path || file.name, sent: 0 }, "waiting");
    this.go();
  }

  /** Goes on watching what was sent before the page changed. */
  resume(sent) {
    for (const { id, name } of sent) this.enter({ id, name, sent: 1 }, "looked-at");
    this.watch();
    this.changed();
  }

  clear() {
    this.items = [];
    this.states.clear();
  }

  enter(item, state) {
    item.at = this.items.push(item) - 1;
    this.move(item, state);
  }

  move(item, state) {
    this.states.get(item.state)?.delete(item);
    item.state = state;
    if (!this.states.has(state)) this.states.set(state, new Set());
    this.states.get(state).add(item);
  }

  retry(item) {
    if (item.state !== "failed" || !item.file) return;
    Object.assign(item, { sent: 0, reason: "" });
    this.move(item, "waiting");
    this.go();
  }

  retryAll() { for (const item of this.of("failed")) this.retry(item); }

  cancel(item) {
    if (!UNSENT.includes(item.state)) return;
    const { request } = item;
    this.settle(item, "cancelled");
    request?.abort();
  }

  cancelAll() { for (const item of this.of(...UNSENT)) this.cancel(item); }

  async restore(item) {
    const answer = await fetch(item.restore, { method: "POST", headers: { "X-CSRFToken": this.token, "HX-Request": "true" } });
    if (answer.ok) {
      item.restore = "";
      this.move(item, "restored");
    }
    this.changed();
    dispatchEvent(new CustomEvent("photos:arrived"));
  }

  changed() { this.dispatchEvent(new Event("change")); }

  go() {
    this.check();
    for (const item of this.first("ready", AT_ONCE - this.count("sending"))) this.send(item);
    this.changed();
  }

  /** Asks about the next files, one question at a time. */
  async check() {
    if (this.isChecking || !this.count("waiting") || this.count("ready") >= READY) return;
    this.isChecking = true;
    const asked = this.next();
    const known = await knownAmong(asked.map(({ file }) => file), `${this.address}known/`, this.token);
    for (const item of asked.filter(({ state }) => state === "checking")) {
      const here = known.get(item.file);
      if (here) Object.assign(item, here, { sent: 1 });
      this.move(item, here ? "duplicate" : "ready");
    }
    this.isChecking = false;
    this.go();
  }

  next() {
    const asked = [];
    let bytes = 0;
    for (const item of this.first("waiting", CHECKED_FILES)) {
      if (asked.length && bytes >= CHECKED_BYTES) break;
      bytes += canHash(item.file) ? item.file.size : 0;
      asked.push(item);
    }
    for (const item of asked) this.move(item, "checking");
    return asked;
  }

  settle(item, state, values = {}) {
    Object.assign(item, values, { request: null });
    this.move(item, state);
    this.go();
  }

  send(item) {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", item.file, item.file.name);
    form.append("modified", item.file.lastModified);
    item.request = request;
    this.move(item, "sending");
    request.upload.onprogress = ({ loaded, total }) => { item.sent = loaded / total; this.changed(); };
    request.onload = () => this.sent(item, request);
    request.onerror = () => this.settle(item, "failed", { reason: "The gallery did not answer. The file is unchanged on your device." });
    request.open("POST", this.address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", this.token);
    request.send(form);
  }

  sent(item, request) {
    const told = parse(request.responseText);
    if (!told?.id) this.settle(item, "failed", { reason: told?.reason ?? reasonOf(request) });
    else this.tell(item, told);
    this.watch();
  }

  tell(item, { id, status, reason, photo, restore, is_settled }) {
    this.settle(item, is_settled ? status : "looked-at", { id, reason, photo, restore, sent: 1 });
    if (is_settled) dispatchEvent(new CustomEvent("photos:arrived"));
  }

  watch() {
    clearTimeout(this.timer);
    if (this.count("looked-at")) this.timer = setTimeout(() => this.ask(), this.pause);
  }

  async ask() {
    const asked = this.first("looked-at", 100);
    const ids = asked.map(({ id }) => id).join(",");
    const answer = await fetch(`${this.address}?ids=${ids}`, { headers: { Accept: "application/json" } }).then((one) => one.json()).catch(() => null);
    const told = new Map(answer?.uploads.map((one) => [one.id, one]));
    for (const item of asked) this.hear(item, told.get(item.id), answer);
    this.pause = asked.every(({ state }) => state === "looked-at") ? Math.min(this.pause * 1.3, LATE) : SOON;
    this.watch();
  }

  hear(item, told, answer) {
    if (told?.is_settled) this.tell(item, told);
    else if (answer && !told) this.settle(item, "failed", { reason: "The gallery no longer knows this file. Send it again." });
  }
}

function parse(text) {
  try { return JSON.parse(text); } catch { return null; }
}

function reasonOf({ status, responseURL }) {
  if (responseURL.includes("/login/") || status === 403) return "You are signed out. Sign in again, then retry.";
  if (status === 507) return "The gallery’s disk is full. Make room, then retry. The file is unchanged on your device.";
  if (status === 413) return "The file is larger than the gallery takes.";
  return `The gallery could not take it (${status}). The file is unchanged on your device.`;
}
