/** Copies a text and tells whether it could. The clipboard needs HTTPS or localhost; elsewhere the old way still works. */
export async function copy(text) {
  if (navigator.clipboard && await navigator.clipboard.writeText(text).then(() => true, () => false)) return true;
  const field = Object.assign(document.createElement("textarea"), { value: text });
  const focused = document.activeElement;
  // Behind an open dialog nothing can be selected.
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  focused?.focus();
  return isCopied;
}
