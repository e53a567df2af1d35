/** Ticks and focus of pictures that are taken out of a long list for a while. A ticked one leaves its box behind, so
    that it is counted and sent with the others; when everything is chosen, one that is left out does. */
let focused;

const lotOf = (days) => days.parentElement.querySelector(".timeline__parked") ?? days.insertAdjacentElement("beforebegin", Object.assign(document.createElement("div"), { className: "timeline__parked", hidden: true }));

export function parkTicks(days, cards) {
  const { isAll } = days.closest("photo-selection");
  for (const card of cards) {
    if (card.contains(document.activeElement)) focused = card.id;
    const box = card.querySelector(".photo-card__check");
    if (isAll ? "leftOut" in box.dataset : box.checked) lotOf(days).append(parked(card, box));
  }
}

export function putTicksBack(days) {
  for (const one of days.parentElement.querySelectorAll(".timeline__parked .photo-card")) {
    const card = days.querySelector(`#${CSS.escape(one.id)}`);
    if (!card) continue;
    card.querySelector(".photo-card__check").replaceWith(one.querySelector(".photo-card__check"));
    one.remove();
  }
  if (!focused || document.activeElement !== document.body) return;
  const link = days.querySelector(`#${CSS.escape(focused)} .photo-card__link`);
  if (link) focused = undefined;
  link?.focus({ preventScroll: true });
}

function parked(card, box) {
  const one = Object.assign(document.createElement("span"), { className: "photo-card", id: card.id });
  one.append(box);
  return one;
}
