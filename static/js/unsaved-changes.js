/** <unsaved-changes>: counts what in its form differs from what was loaded, and asks before leaving with it. */
const isChanged = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.checked && !field.defaultChecked;
  if (field instanceof HTMLSelectElement) return field.selectedIndex !== [...field.options].findIndex((option) => option.defaultSelected);
  return field instanceof HTMLInputElement && field.type !== "hidden" && field.value !== field.defaultValue;
};

customElements.define("unsaved-changes", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.text = this.querySelector("[aria-live]");
    for (const name of ["input", "change", "reset"]) this.form.addEventListener(name, this);
    this.form.addEventListener("submit", this);
    addEventListener("beforeunload", this);
    this.count();
  }
  disconnectedCallback() { removeEventListener("beforeunload", this); }
  handleEvent(event) {
    if (event.type === "submit") this.isSent = true;
    else if (event.type === "beforeunload") { if (this.changes && !this.isSent) event.preventDefault(); }
    else this.count();
  }
  count() {
    const rows = new Set([...this.form.elements].filter(isChanged).map((field) => field.closest("li") ?? field));
    this.changes = rows.size;
    const rest = this.hasAttribute("data-unsaved") ? "Not saved yet" : "";
    this.text.textContent = this.changes && !rest ? `${this.changes} change${this.changes === 1 ? "" : "s"} not saved` : rest;
    this.classList.toggle("has-changes", this.changes > 0 || rest !== "");
  }
});
