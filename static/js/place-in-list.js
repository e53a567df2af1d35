import { isTraversed } from "gallery/traversed";

/** The way from a picture back to its place in the list, also when the browser shows the list as it left it. */
const [PLACE, GONE] = ["place", "gone"];
const stored = (key, otherwise) => JSON.parse(sessionStorage.getItem(key)) ?? otherwise;
const store = (key, value) => sessionStorage.setItem(key, JSON.stringify(value));

export const remember = (photo, address) => store(PLACE, { photo, address });
export const noteGone = (photos) => store(GONE, [...stored(GONE, []), ...photos]);
export const noteBack = (photos) => store(GONE, stored(GONE, []).filter((pk) => !photos.includes(pk)));

/** Calls with the photos that left while the list was away; then shows the picture that was looked at last. */
export function whenBackInList(hide) {
  addEventListener("pageshow", (event) => {
    if (!document.getElementById("results")) return;
    if (event.persisted) hide(stored(GONE, []));
    const place = stored(PLACE, null);
    sessionStorage.removeItem(PLACE);
    sessionStorage.removeItem(GONE);
    if (place && cameBack(event, place)) settle(place);
  });
}

const cameBack = (event, place) => event.persisted || isTraversed() || location.hash === `#photo-${place.photo}`;

/** A list that does not show the picture makes room for the page that begins with it, once. */
function settle(place) {
  const link = document.querySelector(`#photo-${CSS.escape(place.photo)} .photo-card__link`);
  if (!link) { goTo(place); return; }
  mark(link);
  const { top, bottom } = link.getBoundingClientRect();
  if (top < 64 || bottom > innerHeight) link.scrollIntoView({ block: "center" });
}

function goTo(place) {
  const address = new URL(place.address, location);
  if (address.pathname + address.search === location.pathname + location.search) return;
  store(PLACE, place);
  location.replace(address);
}

/** Focuses the picture one comes back from, and shows it as focused however one came. */
function mark(link) {
  const { classList } = link.closest(".photo-card");
  link.focus({ preventScroll: true });
  classList.add("is-focused");
  link.addEventListener("blur", () => classList.remove("is-focused"), { once: true });
}
