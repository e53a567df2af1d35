/** <lineage-strip>: brings this picture into view; arrows go from picture to picture, and Enter opens one.
    Who opened one by key finds the focus in the strip of the picture that came. */
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
let isWalking = false;

customElements.define("lineage-strip", class extends HTMLElement {
  connectedCallback() {
    const here = this.querySelector("[aria-current]");
    const strip = this.querySelector("nav");
    strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
    if (isWalking) here.focus({ preventScroll: true });
    isWalking = false;
    for (const kind of ["keydown", "click"]) this.addEventListener(kind, this);
  }

  handleEvent(event) {
    if (event.type === "click") isWalking = event.detail === 0 && this.contains(document.activeElement);
    else this.step(event);
  }

  step(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !STEPS[event.key]) return;
    event.preventDefault();
    const links = [...this.querySelectorAll("a")];
    links[links.indexOf(document.activeElement) + STEPS[event.key]]?.focus();
  }
});
