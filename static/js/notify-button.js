/** <notify-button>: offers to tell by a notification when a step is done, as long as the browser was not asked yet. */
customElements.define("notify-button", class extends HTMLElement {
  connectedCallback() {
    this.hidden = globalThis.Notification?.permission !== "default";
    this.addEventListener("click", this);
  }

  async handleEvent() {
    await Notification.requestPermission();
    this.hidden = true;
  }
});
