/** One line for each file that matters most just now, and how many more there are. */
const WORDS = {
  waiting: "Waiting", checking: "Waiting", ready: "Waiting", sending: "Sending", "looked-at": "Being looked at", accepted: "Imported",
  duplicate: "Already here", refused: "Not imported", failed: "Not sent", cancelled: "Cancelled", restored: "Restored",
};

/** Draws what has changed; rows that stay keep their buttons, and with them the focus. */
export function drawRows(list, rows, all, template) {
  const known = new Map([...list.children].map((row) => [row.dataset.at, row]));
  const shown = rows.map((item) => drawn(item, known.get(String(item.at)) ?? template.content.firstElementChild.cloneNode(true)));
  const more = all - rows.length;
  if (more) shown.push(Object.assign(document.createElement("li"), { className: "upload-panel__more", textContent: `${number(more)} more` }));
  const focused = document.activeElement;
  shown.forEach((row, at) => { if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null); });
  while (list.childElementCount > shown.length) list.lastElementChild.remove();
  if (list.contains(focused)) focused.focus();
}

function drawn(item, row) {
  const now = JSON.stringify([item.state, item.reason, item.photo, item.restore, Math.round(item.sent * 20)]);
  if (row.dataset.drawn === now) return row;
  Object.assign(row.dataset, { drawn: now, at: item.at, state: item.state });
  row.querySelector(".upload-file__name").replaceChildren(item.photo ? link(item.photo, item.name) : item.name);
  row.querySelector(".upload-file__state").textContent = stateOf(item);
  row.style.setProperty("--sent", `${Math.round(item.sent * 100)}%`);
  const wanted = actions(item);
  const there = row.querySelector(".upload-file__actions");
  if (there.firstElementChild?.dataset.act !== wanted?.dataset.act) there.replaceChildren(...(wanted ? [wanted] : []));
  return row;
}

function stateOf({ state, reason, restore, sent }) {
  if (state === "sending") return `Sending, ${Math.round(sent * 100)} %`;
  if (state === "duplicate" && restore) return "In the trash";
  return reason && ["refused", "failed"].includes(state) ? `${WORDS[state]}: ${reason}` : WORDS[state];
}

function actions({ state, hasFile, restore, name }) {
  if (state === "failed" && hasFile) return button("Try again", "retry", name);
  if (["waiting", "checking", "ready", "sending"].includes(state)) return button("Cancel", "cancel", name);
  return restore ? button("Restore", "restore", name) : undefined;
}

function button(text, act, name) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button button--small", textContent: text });
  made.setAttribute("aria-label", `${text}: ${name}`);
  made.dataset.act = act;
  return made;
}

const number = (count) => count.toLocaleString("en");
const link = (href, textContent) => Object.assign(document.createElement("a"), { href, textContent });
