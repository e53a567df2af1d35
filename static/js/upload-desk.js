import { UploadPocket } from "./upload-pocket.js";
import { UploadQueue } from "./upload-queue.js";
import { rowsOf, summary } from "./upload-summary.js";

/** The desk that pages hand their files in at: it does what they ask, and shows each of them what becomes of the files.
    It stands in a shared worker, which outlives a page, or else in the page itself. Ports are all it knows of pages. */
const [OFTEN, ARRIVALS, KEPT] = [120, 1500, 500];
const ACTS = ["hello", "bye", "add", "unfold", "again", "end", "retry", "cancel", "restore"];

export class UploadDesk {
  constructor() { this.pages = new Map(); }

  serve(port) {
    port.onmessage = ({ data }) => { if (ACTS.includes(data.act)) this[data.act](port, data); };
    port.onclose = () => this.bye(port);
    port.postMessage({ isHere: true });
  }

  /** A page brings the token of whoever is signed in just now; what waited for a sign-in goes on with it. */
  hello(port, { address, token, keeps, kept, isOpen }) {
    this.queue ??= this.opened(address);
    if (keeps) this.pocket ??= new UploadPocket(this.queue);
    this.queue.token = token;
    this.pages.set(port, { keeps, isOpen });
    if (kept.length) this.queue.resume(kept);
    if (this.queue.trouble) this.queue.release();
    if (!this.hasNews) this.queue.clear();
    this.show();
  }

  opened(address) {
    const queue = new UploadQueue(address);
    queue.addEventListener("change", () => this.showSoon());
    queue.addEventListener("arrived", () => this.tellSoon());
    return queue;
  }

  bye(port) {
    if (this.pages.delete(port)) this.showSoon();
  }

  /** Whether a page that has just come should be told of what was done before: of everything but a plain success. */
  get hasNews() {
    const { queue } = this;
    return queue.isBusy || this.pages.size > 1 || queue.count("failed", "refused") > 0;
  }

  add(port, { files }) {
    if (!this.queue.isBusy && !this.queue.count("failed", "refused")) this.queue.clear();
    this.queue.add(files);
  }

  unfold(port, { isOpen }) {
    this.pages.get(port).isOpen = isOpen;
    this.show();
  }

  again() { this.queue.retryAll(); }

  /** Cancels what is not sent; a second press, with nothing left to do, clears the list. */
  end() {
    this.queue.cancelAll();
    if (!this.queue.isBusy) this.queue.clear();
    this.show();
  }

  retry(port, { at }) { this.withItem(at, (item) => this.queue.retry(item)); }
  cancel(port, { at }) { this.withItem(at, (item) => this.queue.cancel(item)); }
  restore(port, { at }) { this.withItem(at, (item) => this.queue.restore(item)); }

  withItem(at, act) {
    const item = this.queue.items.get(at);
    if (item) act(item);
  }

  /** Shows some times a second at most, however many files change. */
  showSoon() {
    this.showing ??= setTimeout(() => this.show(), OFTEN);
  }

  show() {
    clearTimeout(this.showing);
    this.showing = null;
    const told = { ...summary(this.queue), pages: this.pages.size, isKept: Boolean(this.pocket?.holdsAll) };
    const sent = [...this.pages.values()].some(({ keeps }) => keeps) ? this.queue.first("looked-at", KEPT).map(({ id, name }) => ({ id, name })) : [];
    const rows = [...this.pages.values()].some(({ isOpen }) => isOpen) ? rowsOf(this.queue) : null;
    for (const [port, { keeps, isOpen }] of this.pages) port.postMessage({ state: { ...told, rows: isOpen ? rows : null, sent: keeps ? sent : [] } });
  }

  tellSoon() {
    this.telling ??= setTimeout(() => {
      this.telling = null;
      for (const port of this.pages.keys()) port.postMessage({ hasArrived: true });
    }, ARRIVALS);
  }
}
