/** Any form to the theme's address: changes the page at once instead of loading it again. The server remembers. */
addEventListener("submit", (event) => {
  const form = event.target.closest("form[action$='/theme/']");
  if (!form) return;
  event.preventDefault();
  const root = document.documentElement;
  const isDark = getComputedStyle(root).colorScheme === "dark" || (getComputedStyle(root).colorScheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const theme = isDark ? "light" : "dark";
  root.dataset.theme = theme;
  document.querySelector("meta[name='color-scheme']").content = theme;
  const chosen = new FormData(form);
  chosen.set("theme", theme);
  fetch(form.action, { method: "POST", body: chosen, redirect: "manual" });
});
