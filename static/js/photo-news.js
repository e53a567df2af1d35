/** Photos that left the list, came back or became favourites: the cards follow, and the place in the list is kept. */
import { noteBack, noteGone, whenBackInList } from "gallery/place-in-list";
import { refresh } from "gallery/refreshing";

const cardOf = (pk) => document.getElementById(`photo-${pk}`);

addEventListener("photos:gone", ({ detail }) => {
  noteGone(detail.photos);
  show(detail.photos, false);
  const results = document.getElementById("results");
  if (results && !results.querySelector(".photo-card:not([hidden])")) refresh();
});

addEventListener("photos:back", ({ detail }) => {
  noteBack(detail.photos);
  if (!document.getElementById("results")) return;
  if (detail.photos.every(cardOf)) show(detail.photos, true);
  else refresh();
});

for (const kind of ["photos:favourite", "photos:unfavourite"]) {
  addEventListener(kind, ({ detail }) => {
    const cards = document.querySelector("waiting-pictures");
    untick(detail.photos);
    cards?.fetch(detail.photos);
  });
}

for (const kind of ["photos:changed", "photos:again", "photos:tagged", "photos:packed"]) {
  addEventListener(kind, ({ detail }) => untick(detail.photos));
}

// Titles and days stand in the list itself, and its order follows the days.
addEventListener("photos:edited", () => {
  const results = document.getElementById("results");
  results?.clear?.();
  if (results) refresh();
});

// A worker goes on with what was selected; when it is done, the list is asked for again.
addEventListener("photos:taken", () => document.getElementById("results")?.clear?.());
addEventListener("photos:refresh", () => { if (document.getElementById("results") && !document.querySelector(".photo-card__check:checked")) refresh(); });

whenBackInList((gone) => show(gone, false));

function show(photos, isShown) {
  const cards = photos.map(cardOf).filter(Boolean);
  untick(photos);
  const focused = document.activeElement.closest(".photo-card");
  for (const card of cards) card.hidden = !isShown;
  if (focused?.hidden) nearest(focused)?.focus();
  for (const day of new Set(cards.map((card) => card.closest(".day")))) if (day) tell(day);
}

/** Who threw the focused picture away goes on with the one after it, else the one before. */
function nearest(card) {
  const links = [...document.querySelectorAll("#results .photo-card__link")].filter((link) => link === card.querySelector(".photo-card__link") || !link.closest("[hidden]"));
  const at = links.indexOf(card.querySelector(".photo-card__link"));
  return links[at + 1] ?? links[at - 1];
}

function untick(photos) {
  for (const card of photos.map(cardOf).filter(Boolean)) card.querySelector(".photo-card__check").checked = false;
  document.getElementById("results")?.count?.();
}

/** The note of a day, less what has just left it. */
function tell(day) {
  const note = day.querySelector(".day__note");
  const away = [...day.querySelectorAll(".photo-card[hidden]")];
  const total = note.dataset.total - away.length;
  const generated = note.dataset.generated - away.filter((card) => card.querySelector("[title=Generated]")).length;
  day.hidden = !day.querySelector(".photo-card:not([hidden])");
  if (note.dataset.total > 1000) return;
  note.textContent = `${total.toLocaleString("en")} picture${total === 1 ? "" : "s"}${generated ? `, ${generated} generated` : ""}`;
}
