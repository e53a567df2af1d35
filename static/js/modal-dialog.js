/** <modal-dialog>: opens its dialog when htmx puts something into it. What has data-close closes it, as Esc does. */
customElements.define("modal-dialog", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.addEventListener("htmx:afterSwap", this);
    this.addEventListener("htmx:afterRequest", this);
    this.addEventListener("click", this);
  }

  handleEvent(event) {
    if (event.type === "htmx:afterSwap" && event.target === this.dialog && !this.dialog.open) this.dialog.showModal();
    if (event.type === "htmx:afterRequest" && event.target !== this.dialog && event.detail.successful && !asksAgain(event.detail.xhr)) this.dialog.close();
    if (event.type !== "click" || !(event.target === this.dialog || event.target.closest("[data-close]"))) return;
    event.preventDefault();
    this.dialog.close();
  }
});

/** An answer that goes into the dialog itself, because something is missing. */
const asksAgain = (answer) => answer.getResponseHeader("HX-Retarget") === "#dialog";
