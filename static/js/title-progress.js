/** <title-progress text="62 %">: says in the tab's title how far it is, while the page is not looked at. */
customElements.define("title-progress", class extends HTMLElement {
  static plain = document.title;

  connectedCallback() {
    document.addEventListener("visibilitychange", this);
    this.handleEvent();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this);
    document.title = this.constructor.plain;
  }

  handleEvent() {
    const { plain } = this.constructor;
    document.title = document.hidden ? `${this.getAttribute("text")}, ${plain}` : plain;
  }
});
