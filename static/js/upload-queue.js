/** Sends files, three at a time, and asks what became of them. Says "change" whenever an item of it changes.
    An item goes from waiting to sending to looked-at, and ends as accepted, duplicate, refused, failed or cancelled. */
const AT_ONCE = 3;
const [SOON, LATE] = [700, 4000];

export class UploadQueue extends EventTarget {
  constructor(address, token) {
    super();
    Object.assign(this, { address, token, items: [], pause: SOON });
  }

  get isSending() { return this.items.some(({ state }) => state === "waiting" || state === "sending"); }
  get isBusy() { return this.isSending || this.of("looked-at").length > 0; }

  of(...states) { return this.items.filter(({ state }) => states.includes(state)); }

  add(files) {
    this.items.push(...files.map((file) => ({ file, name: file.name, state: "waiting", sent: 0 })));
    this.fill();
  }

  /** Goes on watching what was sent before the page changed. */
  resume(sent) {
    this.items.push(...sent.map(({ id, name }) => ({ id, name, state: "looked-at", sent: 1 })));
    this.watch();
    this.changed();
  }

  retry(item) {
    Object.assign(item, { state: "waiting", sent: 0, reason: "" });
    this.fill();
  }

  cancel(item) {
    if (!["waiting", "sending"].includes(item.state)) return;
    const { request } = item;
    this.settle(item, { state: "cancelled" });
    request?.abort();
  }

  async restore(item) {
    const answer = await fetch(item.restore, { method: "POST", headers: { "X-CSRFToken": this.token, "HX-Request": "true" } });
    if (answer.ok) Object.assign(item, { state: "restored", restore: "" });
    this.changed();
    dispatchEvent(new CustomEvent("photos:arrived"));
  }

  changed() { this.dispatchEvent(new Event("change")); }

  fill() {
    for (const item of this.of("waiting").slice(0, AT_ONCE - this.of("sending").length)) this.send(item);
    this.changed();
  }

  settle(item, values) {
    Object.assign(item, values, { request: null });
    this.fill();
  }

  send(item) {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", item.file, item.name);
    form.append("modified", item.file.lastModified);
    Object.assign(item, { state: "sending", request });
    request.upload.onprogress = ({ loaded, total }) => { item.sent = loaded / total; this.changed(); };
    request.onload = () => this.sent(item, request);
    request.onerror = () => this.settle(item, { state: "failed", reason: "The gallery did not answer. The file is unchanged on your device." });
    request.open("POST", this.address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", this.token);
    request.send(form);
  }

  sent(item, request) {
    const told = parse(request.responseText);
    if (!told?.id) this.settle(item, { state: "failed", reason: told?.reason ?? reasonOf(request) });
    else this.tell(item, told);
    this.watch();
  }

  tell(item, { id, status, reason, photo, restore, is_settled }) {
    this.settle(item, { id, reason, photo, restore, sent: 1, state: is_settled ? status : "looked-at" });
    if (is_settled) dispatchEvent(new CustomEvent("photos:arrived"));
  }

  watch() {
    clearTimeout(this.timer);
    if (this.of("looked-at").length) this.timer = setTimeout(() => this.ask(), this.pause);
  }

  async ask() {
    const asked = this.of("looked-at").slice(0, 100);
    const ids = asked.map(({ id }) => id).join(",");
    const answer = await fetch(`${this.address}?ids=${ids}`, { headers: { Accept: "application/json" } }).then((one) => one.json()).catch(() => null);
    const told = new Map(answer?.uploads.map((one) => [one.id, one]));
    for (const item of asked) this.hear(item, told.get(item.id), answer);
    this.pause = this.of("looked-at").length === asked.length ? Math.min(this.pause * 1.3, LATE) : SOON;
    this.watch();
  }

  hear(item, told, answer) {
    if (told?.is_settled) this.tell(item, told);
    else if (answer && !told) this.settle(item, { state: "failed", reason: "The gallery no longer knows this file. Send it again." });
  }
}

function parse(text) {
  try { return JSON.parse(text); } catch { return null; }
}

function reasonOf({ status, responseURL }) {
  if (responseURL.includes("/login/") || status === 403) return "You are signed out. Sign in again, then retry.";
  if (status === 413) return "The file is larger than the gallery takes.";
  return `The gallery could not take it (${status}). The file is unchanged on your device.`;
}
