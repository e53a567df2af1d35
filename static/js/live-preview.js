/**
 * <live-preview src="…">: shows the picture being made, anew every so often, and never blinks: the next one is
 * put in place once it is decoded. The address answers 204 while there is none.
 */
const FIRST = 300;
const PAUSE = 1500;

customElements.define("live-preview", class extends HTMLElement {
  connectedCallback() { this.timer = setTimeout(() => this.#look(), FIRST); }

  disconnectedCallback() { clearTimeout(this.timer); }

  async #look() {
    if (!document.hidden) await this.#show().catch(() => {});
    if (this.isConnected) this.timer = setTimeout(() => this.#look(), PAUSE);
  }

  async #show() {
    const answer = await fetch(this.getAttribute("src"), { cache: "no-store" });
    if (answer.status !== 200) return;
    const address = URL.createObjectURL(await answer.blob());
    const next = this.querySelector("img")?.cloneNode() ?? this.#blank();
    next.src = address;
    await next.decode().finally(() => URL.revokeObjectURL(address));
    this.replaceChildren(next);
  }

  #blank() {
    const picture = new Image();
    picture.alt = this.getAttribute("alt") ?? "";
    picture.className = this.dataset.class ?? "";
    return picture;
  }
});
