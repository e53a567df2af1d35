import { UNSENT } from "./upload-queue.js";

/** Keeps files that are not sent yet on the device, where the desk ends with its page: the next page goes on with them.
    One page has it at a time. Where the browser has no room or no locks nothing is kept, and leaving asks first. */
const [NAME, STORE] = ["uploads", "files"];

export class UploadPocket {
  constructor(queue) {
    Object.assign(this, { queue, held: 0 });
    this.opened = this.open().catch(() => null);
    for (const kind of ["entered", "left"]) queue.addEventListener(kind, this);
  }

  /** Whether the next page would find everything that is not sent. */
  get holdsAll() { return this.held >= this.queue.count(...UNSENT); }

  async open() {
    await untilItIsOurs();
    const database = await opened();
    const [keys, values] = await Promise.all([asked(database, "getAllKeys"), asked(database, "getAll")]);
    this.held = keys.length;
    values.forEach((value, at) => this.queue.enter({ ...value, sent: 0, kept: Promise.resolve(keys[at]) }, "waiting"));
    this.queue.go();
    return database;
  }

  async handleEvent({ type, detail: item }) {
    const database = await this.opened;
    if (database) await this[type](database, item);
  }

  async entered(database, item) {
    if (item.kept) return;
    item.kept = asked(database, "add", { file: item.file, name: item.name }).catch(() => 0);
    if (await item.kept) this.held += 1;
    this.queue.changed();
  }

  async left(database, item) {
    const key = await item.kept;
    item.kept = null;
    if (!key) return;
    this.held -= 1;
    await asked(database, "delete", key);
  }
}

function untilItIsOurs() {
  return new Promise((resolve, reject) => {
    if (!navigator.locks) reject(new Error("no locks"));
    else navigator.locks.request(NAME, () => { resolve(); return new Promise(() => {}); });
  });
}

function opened() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { autoIncrement: true });
  return answerOf(request);
}

function asked(database, act, ...values) {
  return answerOf(database.transaction(STORE, "readwrite").objectStore(STORE)[act](...values));
}

function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
