/** What is typed into the search box leaves one address in the history, not one for each pause, and the list one came
    from stays one step behind it. A search that is sent takes the place of what was typed of it. */
let typed = "";

document.addEventListener("htmx:beforeHistoryUpdate", ({ detail }) => {
  const { id } = detail.requestConfig.elt;
  if (id !== "words" && id !== "wanted") return;
  const address = new URL(detail.history.path, location).href;
  detail.history.type = [typed, address].includes(location.href) ? "replace" : "push";
  typed = id === "words" ? address : "";
});
