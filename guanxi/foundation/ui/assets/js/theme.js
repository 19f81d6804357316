// The theme changes at once; the server is told behind the scenes. Without a script the same form reloads the page.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form) return;
  event.preventDefault();
  const root = document.documentElement;
  const seen = getComputedStyle(root).colorScheme;
  const dark = seen === "dark" || (seen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const wanted = dark ? "light" : "dark";
  root.dataset.theme = wanted;
  const body = new FormData(form);
  body.set("theme", wanted);
  document.dispatchEvent(new CustomEvent("gx:theme", { detail: wanted }));
  await fetch(form.action, { method: "POST", body, redirect: "manual" });
});
