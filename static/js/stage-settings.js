/** How the stage behaves, as this browser was told: whether a key goes on to the next picture, and whether the view
    follows what lands. */
const FIRST = { advance: true, follow: false };
const nameOf = (setting) => `studio:${setting}`;

export function isOn(setting) {
  const kept = localStorage.getItem(nameOf(setting));
  return kept === null ? FIRST[setting] : kept === "on";
}

/** Keeps the box that was changed, and sets all of them as they are. */
export function showSettings(stage, changed) {
  const setting = changed?.dataset.setting;
  if (setting) localStorage.setItem(nameOf(setting), changed.checked ? "on" : "off");
  for (const box of stage.querySelectorAll("[data-setting]")) box.checked = isOn(box.dataset.setting);
}
