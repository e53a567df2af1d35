/**
 * <finished-step text="4 pictures are here" about="a fox in the snow">: says that a step is done to who is not looking:
 * in the tab's title until the page is looked at, and by a notification where the owner allowed it.
 */
customElements.define("finished-step", class extends HTMLElement {
  connectedCallback() {
    if (!document.hidden) return;
    document.addEventListener("visibilitychange", this);
    setTimeout(() => this.#tell());
  }

  disconnectedCallback() { document.removeEventListener("visibilitychange", this); }

  handleEvent() {
    if (document.hidden || !this.plain) return;
    document.title = this.plain;
    this.note?.close();
  }

  #tell() {
    const text = this.getAttribute("text");
    this.plain = document.title;
    document.title = `${text}, ${this.plain}`;
    if (globalThis.Notification?.permission !== "granted") return;
    this.note = new Notification(text, { body: this.getAttribute("about"), tag: "finished-step" });
    this.note.onclick = () => window.focus();
  }
});
