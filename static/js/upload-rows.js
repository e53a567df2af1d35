/** What the upload panel says: one line for all files, and one for each. */
const WORDS = {
  waiting: "Waiting", sending: "Sending", "looked-at": "Being looked at", accepted: "Imported",
  duplicate: "Already here", refused: "Not imported", failed: "Not sent", cancelled: "Cancelled", restored: "Restored",
};

export function summary(queue) {
  const { items } = queue;
  const open = queue.of("waiting", "sending", "looked-at");
  const count = (...states) => queue.of(...states).length;
  const [imported, known, failed] = [count("accepted", "restored"), count("duplicate"), count("refused", "failed")];
  const note = [known && `${known} already here`, failed && `${failed} could not be imported`].filter(Boolean).join(", ");
  const done = items.reduce((sum, { state, sent }) => sum + (open.some((one) => one.state === state) ? sent * 0.9 : 1), 0);
  const headline = open.length ? `Importing ${Math.min(items.length - open.length + 1, items.length)} of ${items.length}` : `${imported} imported`;
  return { headline, note, percent: items.length ? Math.round((100 * done) / items.length) : 0 };
}

export function drawRow(list, at, item, template) {
  const row = list.children[at] ?? list.appendChild(template.content.firstElementChild.cloneNode(true));
  const drawn = JSON.stringify([item.state, item.reason, item.photo, item.restore, Math.round(item.sent * 20)]);
  if (row.dataset.drawn === drawn) return;
  Object.assign(row.dataset, { drawn, at, state: item.state });
  row.querySelector(".upload-file__name").replaceChildren(item.photo ? link(item.photo, item.name) : item.name);
  row.querySelector(".upload-file__state").textContent = stateOf(item);
  row.querySelector(".upload-file__actions").replaceChildren(...actions(item));
}

function stateOf({ state, reason, restore, sent }) {
  if (state === "sending") return `Sending, ${Math.round(sent * 100)} %`;
  if (state === "duplicate" && restore) return "In the trash";
  return reason && ["refused", "failed"].includes(state) ? `${WORDS[state]}: ${reason}` : WORDS[state];
}

function actions({ state, file, restore }) {
  if (state === "failed" && file) return [button("Try again", "retry")];
  if (state === "waiting" || state === "sending") return [button("Cancel", "cancel")];
  return restore ? [button("Restore", "restore")] : [];
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button button--small", textContent: text });
  made.dataset.act = act;
  return made;
}

const link = (href, textContent) => Object.assign(document.createElement("a"), { href, textContent });
