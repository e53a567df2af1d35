/** A request of htmx that failed is told in a toast; the page stays as it was. */
addEventListener("htmx:sendError", () => tell("The gallery does not answer. Nothing was changed; try again in a moment"));
addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.status === 403) tell("You are signed out. Load the page again to sign in");
  else if (detail.xhr.status >= 500) tell("The gallery stumbled. Your pictures are safe; try again, or load the page again");
});

let said = "";

/** Shows a sentence about something that failed. */
export function tell(text) {
  if (said === text) return;
  said = text;
  setTimeout(() => { said = ""; }, 10000);
  const toast = Object.assign(document.createElement("div"), { className: "toast toast--bad" });
  toast.setAttribute("role", "alert");
  toast.append(Object.assign(document.createElement("p"), { className: "toast__text", textContent: text }));
  document.getElementById("toasts").append(toast);
}

/** The door's page belongs to the whole window, not into a part of another page. */
addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.xhr.responseURL.includes("/login/") || location.pathname === "/login/") return;
  detail.shouldSwap = false;
  location.reload();
});
