import { isTyping, lettersAreOn, nameOf } from "gallery/key-map";
import { dateOf, dayInView } from "gallery/day-in-view";

/** d, m and y go back in time by a day, a month or a year with pictures; with Shift they go forward. */
const JUMPS = { d: byDay, m: (isForward) => bySpan(7, isForward), y: (isForward) => bySpan(4, isForward) };

document.addEventListener("keydown", (event) => {
  const name = nameOf(event);
  const letter = name.replace("Shift+", "").toLowerCase();
  const isMine = JUMPS[letter] && document.querySelector("#results .day") && document.getElementById("scrubber");
  if (!isMine || name.startsWith("Control") || event.altKey || event.defaultPrevented || !lettersAreOn() || isTyping(event.target)) return;
  if (document.querySelector("dialog[open], :popover-open") || isTaken(name)) return;
  event.preventDefault();
  JUMPS[letter](name.startsWith("Shift+"));
});

/** Whether a button that is seen has the key, such as that of a selection. */
const isTaken = (name) => [...document.querySelectorAll("[data-key]")].some((one) => one.dataset.key.split(" ").includes(name) && one.checkVisibility());

function byDay(isForward) {
  const days = [...document.querySelectorAll("#results .day:not([hidden])")];
  const next = days[days.indexOf(dayInView()) + (isForward ? -1 : 1)];
  next?.scrollIntoView({ block: "start" });
  next?.querySelector(".photo-card:not([hidden]) .photo-card__link").focus({ preventScroll: true });
}

/** To the nearest month whose name begins otherwise: with 7 letters another month, with 4 another year. */
function bySpan(length, isForward) {
  const ticks = [...document.querySelectorAll(".scrubber__month")];
  const span = (tick) => tick.dataset.at.slice(0, length);
  const here = dateOf(dayInView()).slice(0, length);
  const newer = ticks.filter((tick) => span(tick) > here);
  const target = isForward ? newer.find((tick) => span(tick) === span(newer.at(-1))) : ticks.find((tick) => span(tick) < here);
  target?.click();
}
