import { isLetterKey, isTyping, lettersAreOn, nameOf } from "gallery/key-map";
import { firstInView, stepFrom } from "gallery/grid-steps";

/** What keys do in a grid of pictures that can be selected: walk, select, and act on what is selected or, when nothing
    is, on the picture that has the focus. */
const ACTS = /^([0-5flt]|(Shift\+)?Delete)$/;
const STEPS = { j: "ArrowRight", k: "ArrowLeft" };
const ENTRIES = ["ArrowRight", "ArrowLeft"];

export const boxOf = (link) => link.closest(".photo-card").querySelector(".photo-card__check");

/** Tells whether the key was one of the grid's. */
export function pressed(grid, event) {
  if (isTyping(event.target) || event.altKey || event.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return false;
  const name = nameOf(event);
  const link = event.target.closest?.(".photo-card__link");
  if (isLetterKey(name) && name !== " " && !lettersAreOn()) return false;
  if (name === "Control+a") return grid.selectMore();
  if (name === "Escape" || name === "Control+d") return grid.clear();
  if (link && [" ", "x", "Shift+X"].includes(name)) return grid.tick(boxOf(link), !boxOf(link).checked, event.shiftKey);
  return (ACTS.test(name) && act(grid, name, link)) || walk(grid, name, link);
}

function act(grid, name, link) {
  const button = grid.querySelector(`.selection-bar :is([data-rate="${name}"], [data-key="${name}"])`);
  if (!button || !(link || grid.ticked.length)) return false;
  if (!grid.ticked.length) grid.tick(boxOf(link), true);
  button.click();
  return true;
}

/** With Shift the pictures one walks over are selected. */
function walk(grid, name, link) {
  const key = STEPS[name] ?? name.replace("Shift+", "");
  const isOutside = !link && (document.activeElement === document.body || document.activeElement.id === "main");
  const next = link ? stepFrom(link, key, grid) : isOutside && ENTRIES.includes(key) && firstInView(grid);
  if (!next) return false;
  if (link && name.startsWith("Shift+")) grid.extend(boxOf(link), boxOf(next));
  next.focus();
  return true;
}
