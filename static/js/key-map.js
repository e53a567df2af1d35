/** <key-map>: a key presses what carries it in data-key (names apart by spaces), and ? shows the list of them, which can
    be searched. Letters can be switched off, and rest while something is typed or a dialog is open. */
const SWITCH = "letter-keys";

export const lettersAreOn = () => localStorage.getItem(SWITCH) !== "off";

export const isTyping = (target) =>
  target instanceof Element && target.matches("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]");

/** The name of a key, such as f, Shift+F, Control+Shift+K, Shift+Delete or ?, which needs no Shift in its name. */
export function nameOf({ key, ctrlKey, metaKey, shiftKey }) {
  const isLetter = /^[a-z]$/i.test(key);
  const isShifted = shiftKey && (isLetter || key.length > 1);
  const plain = isLetter ? (shiftKey ? key.toUpperCase() : key.toLowerCase()) : key;
  return `${ctrlKey || metaKey ? "Control+" : ""}${isShifted ? "Shift+" : ""}${plain}`;
}

export const isLetterKey = (name) => name.replace("Shift+", "").length === 1;

/** Whether it can be pressed now; what lies in a closed menu counts as its button does. */
const isReachable = (one) => (document.querySelector(`[popovertarget="${one.closest("[popover]")?.id}"]`) ?? one).checkVisibility();

/** What is pressed: something of the form that has the focus comes first. */
function carrierOf(name) {
  const form = document.activeElement?.closest("form");
  const carriers = [...(form?.querySelectorAll("[data-key]") ?? []), ...document.querySelectorAll("[data-key]")];
  return carriers.find((one) => one.dataset.key.split(" ").includes(name) && isReachable(one) && !one.disabled);
}

/** Esc leads out of a field, to what gives its form up if there is such a thing; a search is emptied first. */
function leave(field) {
  if (field.type === "search" && field.value) return;
  const way = field.form?.querySelector("[data-key=Escape]");
  if (way) way.focus(); else field.blur();
}

customElements.define("key-map", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    const letters = this.querySelector("[data-letters]");
    letters.checked = lettersAreOn();
    letters.addEventListener("change", () => localStorage.setItem(SWITCH, letters.checked ? "on" : "off"));
    this.querySelector("[data-keys]").addEventListener("click", () => this.dialog.showModal());
    this.querySelector("[data-find]")?.addEventListener("input", (event) => this.find(event.target.value.trim().toLowerCase()));
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() { document.removeEventListener("keydown", this); }

  find(text) {
    for (const list of this.querySelectorAll(".keys")) {
      for (const row of list.children) row.hidden = !row.textContent.toLowerCase().includes(text);
      list.parentElement.hidden = !list.querySelector("div:not([hidden])");
    }
    this.querySelector(".keys__none").hidden = Boolean(this.querySelector("section:not([hidden])"));
  }

  handleEvent(event) {
    if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector("dialog[open], :popover-open")) return;
    const name = nameOf(event);
    if (isTyping(event.target) && name === "Escape") leave(event.target);
    if (isTyping(event.target) && !name.startsWith("Control+")) return;
    if (isLetterKey(name) && !lettersAreOn()) return;
    const carrier = carrierOf(name);
    if (!carrier) return;
    event.preventDefault();
    if (isTyping(carrier)) carrier.select();
    else carrier.click();
  }
});
