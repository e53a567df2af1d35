/** The next request grows from the step on the stage, or from the picture the form begins with: the form's hidden field
    follows the stage, and the tree shows where the next step will stand. */
const formOf = () => document.querySelector(".request-form");

export function growFrom(stage) {
  const parent = formOf()?.querySelector("[name=parent]");
  if (parent && stage.dataset.step) parent.value = stage.dataset.step;
}

/** The step the next one will grow from, and from what of it. */
export function growth() {
  const step = document.getElementById("stage")?.dataset.step;
  const form = formOf();
  const source = form?.querySelector("[name=source]")?.value;
  if (!source) return { step, note: "from these words" };
  const link = form.querySelector(".request-source__text a");
  const origin = link && new URL(link.href, location.href);
  const number = link?.textContent.match(/Picture (\d+)/)?.[1];
  const madeIn = origin?.searchParams.get("step");
  return madeIn && document.getElementById(`row-${madeIn}`) ? { step: madeIn, note: `from picture ${number}` } : { step, note: "from another picture" };
}
