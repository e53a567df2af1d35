/** <lora-list>: LoRAs with their weights. The list at its end adds one, a cross takes one out, and trigger words go
    into the prompt with a touch. */
customElements.define("lora-list", class extends HTMLElement {
  connectedCallback() {
    for (const kind of ["input", "change", "click"]) this.addEventListener(kind, this);
    for (const button of this.querySelectorAll("[data-remove]")) button.hidden = false;
    this.#offer();
  }

  disconnectedCallback() { for (const kind of ["input", "change", "click"]) this.removeEventListener(kind, this); }

  handleEvent(event) {
    const { target, type } = event;
    if (type === "change" && target === this.#picker) this.#add(target);
    else if (type === "input") this.#pair(target);
    else if (type === "click" && target.closest("[data-remove]")) this.#remove(target.closest(".lora"));
    else if (type === "click" && target.closest("[data-phrase]")) this.#write(target.closest("[data-phrase]").dataset.phrase);
  }

  get #picker() { return this.querySelector("[data-add] select"); }

  get #rows() { return [...this.querySelectorAll(":scope > .lora")]; }

  #add(picker) {
    const option = picker.selectedOptions[0];
    if (!option?.value) return;
    const row = this.querySelector("template").content.firstElementChild.cloneNode(true);
    const name = option.textContent.trim();
    row.querySelector("[name=lora]").value = option.value;
    row.querySelector("[data-name]").textContent = row.querySelector("[data-name]").title = name;
    this.#weigh(row, option.dataset.weight);
    for (const part of row.querySelectorAll("[aria-label]")) part.setAttribute("aria-label", part.getAttribute("aria-label").replace(/^(Weight of|Take out) /, `$1 ${name}`));
    this.#phrases(row, option.dataset.words);
    this.querySelector("[data-add]").before(row);
    row.querySelector("[data-remove]").hidden = false;
    this.#changed();
    row.querySelector("[data-slider]").focus();
  }

  #weigh(row, weight) {
    row.querySelector("[name=lora_weight]").value = row.querySelector("[data-slider]").value = weight;
  }

  #phrases(row, words) {
    const list = row.querySelector("[data-phrases]");
    for (const phrase of words.split(", ").filter(Boolean)) {
      const chip = Object.assign(document.createElement("button"), { type: "button", className: "chip", textContent: phrase, title: "Add these words to the prompt" });
      chip.dataset.phrase = phrase;
      list.append(chip);
    }
    list.hidden = !list.children.length;
  }

  #remove(row) {
    const next = row.nextElementSibling?.querySelector("[data-slider], select") ?? this.#picker;
    row.remove();
    this.#changed();
    next?.focus();
  }

  #pair(target) {
    const row = target.closest(".lora");
    const [slider, number] = [row?.querySelector("[data-slider]"), row?.querySelector("[name=lora_weight]")];
    if (target === slider) number.value = slider.value;
    else if (target === number && number.value.trim() && Number.isFinite(Number(number.value.replace(",", ".")))) slider.value = number.value.replace(",", ".");
  }

  #write(phrase) {
    const prompt = this.closest("form").elements.prompt;
    if (prompt.value.toLowerCase().includes(phrase.toLowerCase())) return;
    prompt.value = [prompt.value.trimEnd().replace(/,$/, ""), phrase].filter(Boolean).join(", ");
    prompt.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #changed() {
    this.#offer();
    this.dispatchEvent(new CustomEvent("lora-list", { bubbles: true }));
    this.dispatchEvent(new CustomEvent("draft-changed", { bubbles: true }));
  }

  /** What is chosen already is not offered again. */
  #offer() {
    const chosen = this.#rows.map((row) => row.querySelector("[name=lora]").value);
    for (const option of this.#picker?.options ?? []) option.hidden = option.disabled = chosen.includes(option.value) && option.value !== "";
    if (this.#picker) this.#picker.value = "";
  }
});
