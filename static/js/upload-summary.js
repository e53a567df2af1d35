import { OPEN } from "./upload-queue.js";

/** What a page is told of a queue: one line for all files, and the hundred files that matter most just now.
    A list of thousands would be slow to draw and nothing anybody reads. */
const MOST_ROWS = 100;
const BY_WEIGHT = ["sending", "failed", "refused", "looked-at", "checking", "ready", "duplicate", "waiting", "restored", "accepted", "cancelled"];

export function summary(queue) {
  const all = queue.items.size;
  const open = queue.count(...OPEN);
  const [imported, known, failed] = [queue.count("accepted", "restored"), queue.count("duplicate"), queue.count("refused", "failed")];
  const counted = [known && `${number(known)} already here`, failed && `${number(failed)} could not be imported`].filter(Boolean).join(", ");
  const under = queue.of("sending").reduce((sum, { sent }) => sum + sent * 0.9, queue.count("looked-at") * 0.9);
  const headline = open ? `Importing ${number(Math.min(all - open + 1, all))} of ${number(all)}` : `${number(imported)} imported`;
  const note = (open && queue.trouble) || counted;
  const canRetry = Boolean(open ? queue.trouble : queue.count("failed"));
  return { all, headline, note, percent: all ? Math.round((100 * (all - open + under)) / all) : 0, canRetry, isHeld: Boolean(open && queue.trouble), isSending: queue.isSending, isBusy: open > 0 };
}

/** Returns what went wrong first, then what is under way, then the rest: each in the order the files were chosen. */
export function rowsOf(queue) {
  const found = [];
  for (const state of BY_WEIGHT) found.push(...queue.first(state, MOST_ROWS - found.length));
  return found.sort((one, other) => rankOf(one) - rankOf(other) || one.at - other.at).map(rowOf);
}

const rankOf = ({ state }) => (["failed", "refused"].includes(state) ? 0 : state === "sending" ? 1 : 2);

function rowOf({ at, name, state, sent, reason, photo, restore, file }) {
  return { at, name, state, sent, reason, photo, restore, hasFile: Boolean(file) };
}

const number = (count) => count.toLocaleString("en");
