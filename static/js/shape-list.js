/** <shape-list>: add, remove and move aspect ratios, and see each drawn while it is typed. */
customElements.define("shape-list", class extends HTMLElement {
  connectedCallback() {
    this.rows = this.querySelector("ol");
    this.addEventListener("click", this);
    this.addEventListener("input", this);
    this.number();
  }
  handleEvent(event) {
    const row = event.target.closest("li");
    if (event.type === "input") return row && this.draw(row);
    const button = event.target.closest("button");
    if (button?.matches(".shape-list__add")) this.add();
    else if (button?.dataset.move) this.move(row, Number(button.dataset.move), button);
    else if (button?.matches("[data-remove]")) this.remove(row);
  }
  field(row, name) { return row.querySelector(`[name$="-${name}"]`); }
  draw(row) {
    const ratio = Number(this.field(row, "width").value) / Number(this.field(row, "height").value);
    if (ratio > 0 && Number.isFinite(ratio)) row.querySelector(".shape-row__drawing").style.setProperty("--ratio", Math.min(Math.max(ratio, 0.1), 10));
  }
  add() {
    const total = this.querySelector('[name$="-TOTAL_FORMS"]');
    const holder = document.createElement("ol");
    holder.innerHTML = this.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
    const row = holder.firstElementChild;
    row.classList.remove("shape-row--blank");
    this.rows.append(row);
    total.value = Number(total.value) + 1;
    this.number();
    this.field(row, "name").focus();
  }
  remove(row) {
    const next = this.visible().filter((other) => other !== row)[0];
    this.field(row, "DELETE").checked = true;
    row.hidden = true;
    this.number();
    (next?.querySelector("[data-remove]") ?? this.querySelector(".shape-list__add")).focus();
  }
  move(row, by, button) {
    const rows = this.visible();
    const other = rows[rows.indexOf(row) + by];
    if (!other) return;
    by < 0 ? other.before(row) : other.after(row);
    this.number();
    (button.disabled ? row.querySelector("[data-move]:enabled") : button).focus();
  }
  visible() { return [...this.rows.children].filter((row) => !row.hidden && !row.matches(".shape-row--blank")); }
  number() {
    this.visible().forEach((row, index, all) => {
      this.field(row, "ORDER").value = index + 1;
      row.querySelector('[data-move="-1"]').disabled = index === 0;
      row.querySelector('[data-move="1"]').disabled = index === all.length - 1;
    });
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
