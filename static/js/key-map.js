/** <key-map>: a key presses what carries it in data-key (names apart by spaces), and ? shows the list of them.
    Letters can be switched off, and rest while something is typed or a dialog is open. */
const SWITCH = "letter-keys";

export const lettersAreOn = () => localStorage.getItem(SWITCH) !== "off";

export const isTyping = (target) =>
  target instanceof Element && target.matches("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]");

export function nameOf({ key, ctrlKey, metaKey, shiftKey }) {
  const isLetter = /^[a-z]$/i.test(key);
  const name = isLetter ? (shiftKey && !ctrlKey ? `Shift+${key.toUpperCase()}` : key.toLowerCase()) : key;
  return ctrlKey || metaKey ? `Control+${name}` : name;
}

const isLetterKey = (name) => name.replace("Shift+", "").length === 1;

function carrierOf(name) {
  const carriers = [...document.querySelectorAll("[data-key]")];
  return carriers.find((one) => one.dataset.key.split(" ").includes(name) && one.checkVisibility() && !one.disabled);
}

customElements.define("key-map", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    const letters = this.querySelector("[data-letters]");
    letters.checked = lettersAreOn();
    letters.addEventListener("change", () => localStorage.setItem(SWITCH, letters.checked ? "on" : "off"));
    this.querySelector("[data-keys]").addEventListener("click", () => this.dialog.showModal());
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() { document.removeEventListener("keydown", this); }

  handleEvent(event) {
    if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector("dialog[open], :popover-open")) return;
    const name = nameOf(event);
    if (isTyping(event.target) && !name.startsWith("Control+")) return;
    if (isLetterKey(name) && !lettersAreOn()) return;
    const carrier = carrierOf(name);
    if (!carrier) return;
    event.preventDefault();
    if (isTyping(carrier)) carrier.select();
    else carrier.click();
  }
});
