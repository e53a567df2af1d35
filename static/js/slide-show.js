import { announce } from "gallery/announcing";
import { isTyping } from "gallery/key-map";

/** <slide-show>: goes on to the next picture by itself until the list ends. Space pauses, Esc stops. */
const PAUSE = 5000;
let [isOn, isPaused] = [false, false];

customElements.define("slide-show", class extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", this);
    document.addEventListener("keydown", this, { capture: true });
    this.show();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("keydown", this, { capture: true });
    // The next picture brings a slide show of its own; leaving the viewer ends it.
    setTimeout(() => { if (!document.querySelector("slide-show")) [isOn, isPaused] = [false, false]; });
  }

  handleEvent(event) {
    if (event.type === "click") this.turn(!isOn);
    else if (isOn && !isTyping(event.target) && !document.querySelector("dialog[open], :popover-open")) this.press(event);
  }

  press(event) {
    if (event.key === "Escape") this.turn(false);
    else if (event.key === " " && (event.target === this.button || !event.target.closest("a, button, input, summary"))) this.pause();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  turn(isNowOn) {
    [isOn, isPaused] = [isNowOn, false];
    announce(isOn ? "Slideshow. Space pauses it." : "Slideshow ended");
    this.show();
  }

  pause() {
    isPaused = !isPaused;
    announce(isPaused ? "Paused" : "Going on");
    this.show();
  }

  show() {
    clearTimeout(this.timer);
    document.body.classList.toggle("viewing--show", isOn);
    this.button.setAttribute("aria-pressed", String(isOn));
    this.button.classList.toggle("is-paused", isOn && isPaused);
    if (isOn && !isPaused) this.wait();
  }

  /** The time runs from when the picture can be seen. */
  async wait() {
    await document.querySelector(".viewer__picture")?.decode().catch(() => undefined);
    clearTimeout(this.timer);
    if (this.isConnected && isOn && !isPaused) this.timer = setTimeout(() => this.next(), PAUSE);
  }

  next() {
    const link = document.querySelector(".viewer__step[rel=next]");
    if (link) link.click();
    else this.turn(false);
  }
});
