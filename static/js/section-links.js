/** <section-links>: marks the link to the section that is being read. */
customElements.define("section-links", class extends HTMLElement {
  connectedCallback() {
    this.links = [...this.querySelectorAll("a[href^='#']")];
    this.seen = new IntersectionObserver(() => this.mark(), { rootMargin: "0px 0px -60% 0px" });
    for (const link of this.links) this.seen.observe(document.querySelector(link.hash));
    addEventListener("scroll", this, { passive: true });
    this.mark();
  }
  disconnectedCallback() {
    this.seen.disconnect();
    removeEventListener("scroll", this);
  }
  handleEvent() { this.mark(); }
  mark() {
    const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const passed = this.links.filter((link) => document.querySelector(link.hash).getBoundingClientRect().top < innerHeight * 0.4);
    const current = (atEnd ? this.links : passed).at(-1) ?? this.links[0];
    for (const link of this.links) link.toggleAttribute("aria-current", link === current);
  }
});
