import { lengths, pictures } from "gallery/sweep-count";

/** <fold-summary>: tells beside a folded part what in it differs from what is usual. `words` counts words, `loras` names
    what was chosen, `sweep` says how many values are compared. */
const KINDS = ["words", "loras", "sweep"];

customElements.define("fold-summary", class extends HTMLElement {
  connectedCallback() {
    this.fold = this.closest("details");
    this.form = this.closest("form");
    for (const kind of ["input", "change", "lora-list", "draft-restored"]) this.form?.addEventListener(kind, this);
    queueMicrotask(() => this.handleEvent());
  }

  disconnectedCallback() {
    for (const kind of ["input", "change", "lora-list", "draft-restored"]) this.form?.removeEventListener(kind, this);
  }

  handleEvent() {
    const kind = KINDS.find((name) => this.hasAttribute(name)) ?? "values";
    this.textContent = this[kind]();
  }

  words() {
    const count = this.fold.querySelector("textarea").value.split(/\s+/).filter(Boolean).length;
    return count ? `${count} ${count === 1 ? "word" : "words"}` : "";
  }

  loras() {
    const rows = [...this.fold.querySelectorAll(".lora:not(.lora--rests)")];
    if (rows.length > 2) return `${rows.length} LoRAs`;
    return rows.map((row) => `${row.querySelector("[data-name]").textContent} ${row.querySelector("[name=lora_weight]").value}`).join(", ");
  }

  sweep() {
    const used = lengths(this.form).filter((length) => length > 0);
    const total = pictures(this.form);
    if (used.length && total > Number(this.dataset.most)) return `${total}: too many`;
    return used.length ? `${used.join(" × ")} values`.replace(/^1 values$/, "1 value") : "";
  }

  values() {
    return [...this.fold.querySelectorAll("[data-default], [type=checkbox][data-short]")].map(told).filter(Boolean).join(", ");
  }
});

function told(field) {
  if (field.type === "checkbox") return field.checked ? field.dataset.short : "";
  if (!field.value || (field.value === field.dataset.default && !("always" in field.dataset))) return "";
  const text = field.selectedOptions ? field.selectedOptions[0]?.textContent : field.value;
  return [field.dataset.short, text].filter(Boolean).join(" ");
}
