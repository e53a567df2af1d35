/** The next request grows from the step on the stage, and refines the picture that is looked at: the form's hidden fields
    follow the stage, and the tree's planned step says so. */
export function growFrom(stage) {
  const form = document.querySelector(".request-form");
  const { step, picture, number } = stage.dataset;
  const parent = form?.querySelector("[name=parent]");
  if (parent && step) parent.value = step;
  const note = document.querySelector("[data-next-note]");
  const isRefining = Boolean(form?.querySelector("[name=source]")?.value);
  if (note) note.textContent = isRefining && picture ? `from picture ${number}` : "from this step";
}
