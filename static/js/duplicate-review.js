import { isTyping, lettersAreOn } from "gallery/key-map";

/** <duplicate-review>: one group is looked at; numbers keep a picture of it, the arrows the left or the right one of a
    pair, a keeps all, s goes on to the next group, u takes the last decision back. The next group takes its place. */
let place = 0;
let hasDecided = false;

customElements.define("duplicate-review", class extends HTMLElement {
  connectedCallback() {
    this.look(Math.min(place, this.groups.length - 1), { moves: hasDecided });
    hasDecided = false;
    document.addEventListener("keydown", this);
    for (const kind of ["click", "focusin", "submit"]) this.addEventListener(kind, this);
  }

  disconnectedCallback() { document.removeEventListener("keydown", this); }

  get groups() { return [...this.querySelectorAll("[data-group]")]; }

  handleEvent(event) {
    if (event.type === "keydown") return this.press(event);
    if (event.type === "submit") hasDecided = true;
    if (event.type === "click" && event.target.closest("[data-skip]")) this.skip(event.target);
    else if (event.type === "focusin") this.look(this.groups.indexOf(event.target.closest("[data-group]")), { moves: false });
  }

  press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open], :popover-open")) return;
    const carrier = this.carrier(event.key);
    if (!carrier || (event.key.length === 1 && !lettersAreOn())) return;
    event.preventDefault();
    carrier.click();
  }

  carrier(key) {
    const group = this.groups[place];
    const keepers = [...(group?.querySelectorAll("li [name=keep]") ?? [])];
    if (/^[1-9]$/.test(key)) return keepers[key - 1];
    if (keepers.length === 2 && ["ArrowLeft", "ArrowRight"].includes(key)) return keepers[key === "ArrowLeft" ? 0 : 1];
    if (key === "u") return [...document.querySelectorAll(".toast__undo")].at(-1);
    return { a: group?.querySelector("[value=all]"), s: group?.querySelector("[data-skip]") }[key];
  }

  skip(button) {
    const next = this.groups.indexOf(button.closest("[data-group]")) + 1;
    const onward = this.querySelector("[data-next]");
    if (next === this.groups.length && onward) { place = 0; onward.click(); }
    else this.look(next % this.groups.length, { moves: true });
  }

  look(index, { moves }) {
    if (index < 0) return;
    place = index;
    this.groups.forEach((group, number) => group.toggleAttribute("data-current", number === index));
    if (!moves) return;
    this.groups[index].scrollIntoView({ block: "start" });
    this.groups[index].focus({ preventScroll: true });
  }
});
