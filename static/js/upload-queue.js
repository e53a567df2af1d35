import { canHash, knownAmong } from "./known-files.js";

/** Sends files, three at a time, and asks what became of them. Says "change" whenever an item of it changes, "entered"
    and "left" when one has to be sent and no longer has, and "arrived" when the library has something new. Knows nothing of pages: it runs in a worker, or in a page.
    An item goes from waiting over checking (is it here already?) and ready to sending and looked-at, and ends as
    accepted, duplicate, refused, failed or cancelled. Thousands are no burden: items are kept by their state.
    When the gallery cannot take anything just now, `trouble` says why, and the files wait instead of failing. */
const AT_ONCE = 3;
const [SOON, LATE] = [700, 4000];
// So much is hashed before the gallery is asked, and so many are kept ready: sending goes on meanwhile.
const [CHECKED_FILES, CHECKED_BYTES, READY] = [100, 64 * 1024 * 1024, 12];
// How long is waited for a gallery that does not answer, and how often one file may break off while it does.
const [FIRST_WAIT, LONGEST_WAIT, MOST_BREAKS] = [1000, 15_000, 3];
export const UNSENT = ["waiting", "checking", "ready", "sending"];
export const OPEN = [...UNSENT, "looked-at"];
const AWAY = "The gallery does not answer. The rest is sent as soon as it does.";
const SIGNED_OUT = "You are signed out. Sign in again, and the rest is sent.";
const FULL = "The gallery’s disk is full. Make room, then try again.";
const BROKEN = "It could not be read or sent. It is unchanged on your device.";

export class UploadQueue extends EventTarget {
  constructor(address) {
    super();
    Object.assign(this, { address, token: "", items: new Map(), last: 0, states: new Map(), pause: SOON, trouble: "", wait: FIRST_WAIT });
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
    for (const { file, name } of files) this.enter({ file, name, sent: 0 }, "waiting");
    this.go();
  }

  /** Goes on watching what was sent before. */
  resume(sent) {
    const known = new Set(this.of("looked-at").map(({ id }) => id));
    for (const { id, name } of sent) if (!known.has(id)) this.enter({ id, name, sent: 1 }, "looked-at");
    this.watch();
    this.changed();
  }

  clear() {
    this.items.clear();
    this.states.clear();
  }

  enter(item, state) {
    item.at = this.last += 1;
    this.items.set(item.at, item);
    this.move(item, state);
  }

  move(item, state) {
    const wasUnsent = UNSENT.includes(item.state);
    this.states.get(item.state)?.delete(item);
    item.state = state;
    if (!this.states.has(state)) this.states.set(state, new Set());
    this.states.get(state).add(item);
    if (wasUnsent !== UNSENT.includes(state)) this.dispatchEvent(new CustomEvent(wasUnsent ? "left" : "entered", { detail: item }));
  }

  retry(item) {
    if (item.state !== "failed" || !item.file) return;
    Object.assign(item, { sent: 0, reason: "", breaks: 0 });
    this.move(item, "waiting");
    this.go();
  }

  retryAll() {
    this.release();
    for (const item of this.of("failed")) this.retry(item);
  }

  cancel(item) {
    if (!UNSENT.includes(item.state)) return;
    const { request } = item;
    this.settle(item, "cancelled");
    request?.abort();
  }

  cancelAll() { for (const item of this.of(...UNSENT)) this.cancel(item); }

  async restore(item) {
    const headers = { "X-CSRFToken": this.token, "HX-Request": "true" };
    const answer = await fetch(item.restore, { method: "POST", headers }).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      item.restore = "";
      this.move(item, "restored");
      this.dispatchEvent(new Event("arrived"));
    }
    this.changed();
  }

  changed() { this.dispatchEvent(new Event("change")); }

  go() {
    if (!this.trouble) {
      this.check();
      for (const item of this.first("ready", AT_ONCE - this.count("sending"))) this.send(item);
    }
    this.changed();
  }

  /** Lets everything wait, and says why; a gallery that is merely away is tried again by itself. */
  hold(trouble) {
    this.trouble = trouble;
    clearTimeout(this.waiting);
    if (trouble === AWAY) this.waiting = setTimeout(() => this.lookAgain(), this.wait);
    this.wait = Math.min(this.wait * 1.5, LONGEST_WAIT);
    this.changed();
  }

  async lookAgain() {
    const trouble = await this.askAround();
    if (trouble) this.hold(trouble);
    else this.release();
  }

  release() {
    clearTimeout(this.waiting);
    Object.assign(this, { trouble: "", wait: FIRST_WAIT, pause: SOON });
    this.watch();
    this.go();
  }

  /** Returns what keeps the gallery from taking files just now; empty when nothing does. */
  async askAround() {
    const answer = await fetch(`${this.address}?ids=`, { headers: { Accept: "application/json" } }).catch(() => null);
    return troubleOf(answer ? { status: answer.status, responseURL: answer.url } : { status: 0 });
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
    request.onerror = () => this.broke(item);
    request.open("POST", this.address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", this.token);
    request.send(form);
  }

  sent(item, request) {
    const told = parse(request.responseText);
    const trouble = troubleOf(request);
    if (told?.id) this.tell(item, told);
    else if (trouble) this.putBack(item, trouble);
    else this.settle(item, "failed", { reason: told?.reason ?? reasonOf(request) });
    this.watch();
  }

  /** A connection broke off: the gallery is away, or else this very file is to blame, after some attempts. */
  async broke(item) {
    const trouble = await this.askAround();
    if (item.state !== "sending") return;
    item.breaks = (item.breaks ?? 0) + (trouble ? 0 : 1);
    if (item.breaks >= MOST_BREAKS) this.settle(item, "failed", { reason: BROKEN });
    else this.putBack(item, trouble);
  }

  /** It may have arrived before the answer was lost, so it is asked about anew. */
  putBack(item, trouble) {
    if (trouble) this.hold(trouble);
    this.settle(item, "waiting", { sent: 0 });
  }

  tell(item, { id, status, reason, photo, restore, is_settled }) {
    this.settle(item, is_settled ? status : "looked-at", { id, reason, photo, restore, sent: 1 });
    if (is_settled) this.dispatchEvent(new Event("arrived"));
  }

  /** Asks in a while, unless that is so already: files that keep arriving must not put it off for ever. */
  watch() {
    if (this.timer || this.trouble || !this.count("looked-at")) return;
    this.timer = setTimeout(async () => {
      await this.ask();
      this.timer = null;
      this.watch();
    }, this.pause);
  }

  async ask() {
    const asked = this.first("looked-at", 100);
    const ids = asked.map(({ id }) => id).join(",");
    const answer = await fetch(`${this.address}?ids=${ids}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const trouble = troubleOf({ status: answer?.status ?? 0, responseURL: answer?.url });
    if (trouble) { this.hold(trouble); return; }
    const told = await answer.json().catch(() => null);
    const news = new Map(told?.uploads.map((one) => [one.id, one]));
    for (const item of asked) this.hear(item, news.get(item.id), told);
    this.pause = asked.every(({ state }) => state === "looked-at") ? Math.min(this.pause * 1.3, LATE) : SOON;
  }

  hear(item, news, told) {
    if (news?.is_settled) this.tell(item, news);
    else if (told && !news) this.settle(item, "failed", { reason: "The gallery no longer knows this file. Send it again." });
  }
}

function parse(text) {
  try { return JSON.parse(text); } catch { return null; }
}

/** What concerns all files, not just the one that was sent. */
function troubleOf({ status, responseURL = "" }) {
  if (responseURL.includes("/login/") || status === 401 || status === 403) return SIGNED_OUT;
  if (status === 507) return FULL;
  return [0, 502, 503, 504].includes(status) ? AWAY : "";
}

function reasonOf({ status }) {
  if (status === 413) return "The file is larger than the gallery takes.";
  return `The gallery could not take it (${status}). The file is unchanged on your device.`;
}
