/**
 * <cost-bar src="…">: keeps the bar of a rented pod alive. Cost and countdown run on by themselves each second; the
 * server's word replaces them every few seconds while there is a pod, and once a minute is asked whether there is one.
 */
const WITH_POD = 5000;
const WITHOUT_POD = 60000;
const TICK = 1000;

customElements.define("cost-bar", class extends HTMLElement {
  connectedCallback() {
    this.read();
    this.clock = setInterval(() => this.tick(), TICK);
    this.wait();
  }

  disconnectedCallback() {
    clearInterval(this.clock);
    clearTimeout(this.timer);
  }

  wait() { this.timer = setTimeout(() => this.look(), this.bar ? WITH_POD : WITHOUT_POD); }

  async look() {
    if (!document.hidden && !this.contains(document.activeElement)) await this.fetch().catch(() => {});
    if (this.isConnected) this.wait();
  }

  async fetch() {
    const answer = await fetch(this.getAttribute("src"), { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) return;
    this.innerHTML = await answer.text();
    globalThis.htmx?.process(this);
    this.read();
  }

  read() {
    this.bar = this.querySelector(".cost-bar");
    this.readAt = performance.now();
  }

  tick() {
    if (!this.bar || document.hidden) return;
    const seconds = (performance.now() - this.readAt) / 1000;
    const soFar = this.bar.querySelector("[data-so-far]");
    const countdown = this.bar.querySelector("[data-countdown]");
    if (soFar) soFar.textContent = dollars(Number(this.bar.dataset.cost) + Number(this.bar.dataset.rate) * seconds / 3600);
    if (countdown) countdown.textContent = clock(Math.max(0, Number(countdown.dataset.countdown) - seconds));
  }
});

const dollars = (amount) => `$${amount.toFixed(amount > 0 && amount < 0.1 ? 4 : 2)}`;
const clock = (seconds) => {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds % 3600 / 60);
  const rest = String(Math.floor(seconds % 60)).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
};
