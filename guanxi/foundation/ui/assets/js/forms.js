// A form that was sent says so and is not sent twice; a form that came back with errors shows them first.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.target.method === "dialog" || event.target.target) return;
  setTimeout(() => { if (!event.defaultPrevented) button.setAttribute("aria-busy", "true"); }, 0);
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

const showErrors = (root) => root.querySelector?.("[data-focus]")?.focus();
document.addEventListener("htmx:load", (event) => showErrors(event.detail.elt));
showErrors(document);

// <form data-reset-when-done>: empty for the next entry once the server has taken this one; a refusal keeps what was typed.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const taken = detail.xhr?.getResponseHeader("HX-Trigger")?.includes(":changed");
  if (taken && detail.elt.matches("[data-reset-when-done]")) detail.elt.reset();
});

// Ctrl+Enter (⌘ Enter) sends the text that is being written.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches("textarea")) return;
  event.preventDefault();
  event.target.form?.requestSubmit();
});

// Copying: <button data-copy="text">.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const [{ toast }, { say }] = [await import("./toasts.js"), await import("./words.js")];
  toast(say("copied"));
});

// A file is dropped where it could be chosen: <label class="drop"><input type="file"></label>.
const zone = (event) => event.target.closest?.(".drop");
document.addEventListener("dragover", (event) => {
  if (!zone(event)) return;
  event.preventDefault();
  zone(event).classList.add("is-over");
});
document.addEventListener("dragleave", (event) => zone(event)?.classList.remove("is-over"));
document.addEventListener("drop", (event) => {
  const input = zone(event)?.querySelector('input[type="file"]');
  if (!input) return;
  event.preventDefault();
  zone(event).classList.remove("is-over");
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

// Selects of a filter sentence apply themselves.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-apply]")) event.target.form.requestSubmit();
});
