import { pictures } from "gallery/sweep-count";

/** <time-estimate>: says how long what the form asks for will take, by what its model took before; else nothing. */
const EVENTS = ["input", "change", "draft-restored", "draft-changed", "htmx:afterSettle", "htmx:oobAfterSwap"];
const number = (field) => Number(String(field?.value ?? "").replace(",", "."));

customElements.define("time-estimate", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    for (const kind of EVENTS) this.form.addEventListener(kind, this);
    this.handleEvent();
  }

  disconnectedCallback() { for (const kind of EVENTS) this.form.removeEventListener(kind, this); }

  handleEvent() {
    const seconds = expected(this.form);
    this.textContent = seconds > 0 && Number.isFinite(seconds) ? `About ${written(seconds)}` : "";
  }
});

/** The seconds of all pictures: what grows from a picture leaves out the first steps. */
function expected({ elements }) {
  const { pace, overhead } = elements.made_for.dataset;
  const kept = elements.source?.value ? number(elements.strength) || 1 : 1;
  const rounds = number(elements.steps) * kept + Number(overhead);
  return Number(pace) * pixels(elements) / 1e6 * rounds * pictures(elements.made_for.form);
}

function pixels(elements) {
  const chosen = [...elements.shape].find((shape) => shape.checked);
  return Number(chosen?.dataset.pixels) || number(elements.width) * number(elements.height);
}

function written(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
