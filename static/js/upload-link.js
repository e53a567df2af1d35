/** The way from a page to the desk its files are handed in at. It stands in a shared worker where the browser has such;
    where that would not outlive the page, or has to stand in the page, the next page finds the files in a pocket. */
const [OPEN_FOR, PATIENCE] = ["uploads-are-open", 10_000];
// So many files go over at once: a page that hands in thousands stays responsive.
const PORTION = 250;
const CHOSEN_JUST_NOW = 1000;

export class UploadLink extends EventTarget {
  constructor(address, token) {
    super();
    Object.assign(this, { address, token, state: { all: 0 }, isOpen: false, handing: 0 });
    this.desk = deskInWorker().catch(deskInPage);
    for (const kind of ["pagehide", "pageshow"]) addEventListener(kind, this);
    for (const kind of ["beforeunload", "click"]) addEventListener(kind, this);
    globalThis.navigation?.addEventListener("navigate", this);
    this.greeted = this.greet();
  }

  async greet() {
    const desk = await this.desk;
    this.isLasting = desk.isLasting;
    desk.port.onmessage = ({ data }) => this.hear(data);
    desk.port.postMessage({ act: "hello", address: this.address, token: this.token, isOpen: this.isOpen, keeps: !desk.isLasting, kept: kept() });
  }

  /** Files may be chosen before the desk is there: it is greeted first, and then asked in turn. */
  async ask(act, values = {}) {
    await this.greeted;
    (await this.desk).port.postMessage({ act, ...values });
  }

  unfold(isOpen) {
    this.isOpen = isOpen;
    this.ask("unfold", { isOpen });
  }

  async add(files) {
    this.handing += 1;
    const named = files.map((file) => ({ file, name: file.webkitRelativePath || file.path || file.name }));
    for (let at = 0; at < named.length; at += PORTION) {
      await this.ask("add", { files: named.slice(at, at + PORTION) });
      await new Promise((resolve) => { setTimeout(resolve); });
    }
    this.handing -= 1;
  }

  hear({ state, hasArrived }) {
    if (hasArrived) dispatchEvent(new CustomEvent("photos:arrived"));
    if (!state) return;
    this.state = state;
    if (state.isBusy) sessionStorage.setItem(OPEN_FOR, JSON.stringify(state.sent));
    else sessionStorage.removeItem(OPEN_FOR);
    this.dispatchEvent(new Event("change"));
  }

  handleEvent(event) { this[`on_${event.type}`](event); }

  /** Going on to another page of the gallery loses nothing where the worker lasts or the files are kept. */
  on_navigate({ destination, hashChange }) {
    if (!hashChange && new URL(destination.url).origin === location.origin) this.wentOn = performance.now();
  }

  /** Some browsers tell of no navigation before it happens. */
  on_click({ target }) {
    if (target.closest?.("a[href]")?.origin === location.origin) this.wentOn = performance.now();
  }

  on_beforeunload(event) { if (this.wouldLose) event.preventDefault(); }

  get wouldLose() {
    if (this.handing) return true;
    if (!this.state.isSending || this.state.pages > 1) return false;
    return !(this.isLasting || this.state.isKept) || !(performance.now() - this.wentOn < CHOSEN_JUST_NOW);
  }

  on_pagehide() { this.ask("bye"); }
  on_pageshow({ persisted }) { if (persisted) this.greeted = this.greet(); }
}

/** Keeps the worker from ending on a page that shows nothing of it, such as the door. */
export function holdOn() {
  if (sessionStorage.getItem(OPEN_FOR)) deskInWorker().catch(() => {});
}

function deskInWorker() {
  let isLasting = false;
  // Read only by browsers that know it.
  const options = { type: "module", get extendedLifetime() { isLasting = true; return true; } };
  return new Promise((resolve, reject) => {
    const worker = new SharedWorker(import.meta.resolve("gallery/upload-worker"), options);
    worker.onerror = reject;
    setTimeout(reject, PATIENCE);
    worker.port.onmessage = () => resolve({ port: worker.port, isLasting });
  });
}

async function deskInPage() {
  const { UploadDesk } = await import("gallery/upload-desk");
  const { port1, port2 } = new MessageChannel();
  new UploadDesk().serve(port1);
  return { port: port2, isLasting: false };
}

function kept() {
  return JSON.parse(sessionStorage.getItem(OPEN_FOR) ?? "[]");
}
