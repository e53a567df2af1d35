/**
 * <alternative-keys>: holds the links to a step's pictures; left and right go from one to the next. It listens while
 * the stage has the focus, or nothing beside it, so that arrows still move within the form.
 */
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

customElements.define("alternative-keys", class extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this);
    document.dispatchEvent(new CustomEvent("studio:shown"));
  }

  disconnectedCallback() { document.removeEventListener("keydown", this); }

  handleEvent(event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || !STEPS[event.key]) return;
    const stage = this.closest("#stage");
    if (!stage.contains(event.target) && !event.target.contains(stage)) return;
    const links = [...this.querySelectorAll("a")];
    const next = links[links.findIndex((link) => link.hasAttribute("aria-current")) + STEPS[event.key]];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.click();
  }
});
