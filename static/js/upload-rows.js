import { OPEN } from "gallery/upload-queue";

/** What the upload panel says: one line for all files, and one for each of those that matter most just now. */
const WORDS = {
  waiting: "Waiting", checking: "Waiting", ready: "Waiting", sending: "Sending", "looked-at": "Being looked at", accepted: "Imported",
  duplicate: "Already here", refused: "Not imported", failed: "Not sent", cancelled: "Cancelled", restored: "Restored",
};
// A list of thousands would be slow to draw and nothing anybody reads.
const MOST_ROWS = 100;
const BY_WEIGHT = ["sending", "failed", "refused", "looked-at", "checking", "ready", "duplicate", "waiting", "restored", "accepted", "cancelled"];
const rows = new WeakMap();

export function summary(queue) {
  const all = queue.items.length;
  const open = queue.count(...OPEN);
  const [imported, known, failed] = [queue.count("accepted", "restored"), queue.count("duplicate"), queue.count("refused", "failed")];
  const note = [known && `${number(known)} already here`, failed && `${number(failed)} could not be imported`].filter(Boolean).join(", ");
  const under = queue.of("sending").reduce((sum, { sent }) => sum + sent * 0.9, queue.count("looked-at") * 0.9);
  const headline = open ? `Importing ${number(Math.min(all - open + 1, all))} of ${number(all)}` : `${number(imported)} imported`;
  return { headline, note, percent: all ? Math.round((100 * (all - open + under)) / all) : 0 };
}

/** Shows the hundred files that matter most, in the order they were chosen, and how many more there are. */
export function drawRows(list, queue, template) {
  const shown = mattering(queue).sort((one, other) => one.at - other.at).map((item) => drawn(item, template));
  const more = queue.items.length - shown.length;
  if (more) shown.push(Object.assign(document.createElement("li"), { className: "upload-panel__more", textContent: `${number(more)} more` }));
  shown.forEach((row, at) => { if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null); });
  while (list.childElementCount > shown.length) list.lastElementChild.remove();
}

function mattering(queue) {
  const found = [];
  for (const state of BY_WEIGHT) found.push(...queue.first(state, MOST_ROWS - found.length));
  return found;
}

function drawn(item, template) {
  if (!rows.has(item)) rows.set(item, template.content.firstElementChild.cloneNode(true));
  const row = rows.get(item);
  const now = JSON.stringify([item.state, item.reason, item.photo, item.restore, Math.round(item.sent * 20)]);
  if (row.dataset.drawn === now) return row;
  Object.assign(row.dataset, { drawn: now, at: item.at, state: item.state });
  row.querySelector(".upload-file__name").replaceChildren(item.photo ? link(item.photo, item.name) : item.name);
  row.querySelector(".upload-file__state").textContent = stateOf(item);
  row.querySelector(".upload-file__actions").replaceChildren(...actions(item));
  return row;
}

function stateOf({ state, reason, restore, sent }) {
  if (state === "sending") return `Sending, ${Math.round(sent * 100)} %`;
  if (state === "duplicate" && restore) return "In the trash";
  return reason && ["refused", "failed"].includes(state) ? `${WORDS[state]}: ${reason}` : WORDS[state];
}

function actions({ state, file, restore, name }) {
  if (state === "failed" && file) return [button("Try again", "retry", name)];
  if (["waiting", "checking", "ready", "sending"].includes(state)) return [button("Cancel", "cancel", name)];
  return restore ? [button("Restore", "restore", name)] : [];
}

function button(text, act, name) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button button--small", textContent: text });
  made.setAttribute("aria-label", `${text}: ${name}`);
  made.dataset.act = act;
  return made;
}

const number = (count) => count.toLocaleString("en");
const link = (href, textContent) => Object.assign(document.createElement("a"), { href, textContent });
