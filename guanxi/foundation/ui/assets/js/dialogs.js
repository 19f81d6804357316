// Dialogs are opened by data-dialog and closed by data-close; menus close when one looks elsewhere;
// hx-confirm asks in a dialog of ours.
import { say } from "./words.js";

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target instanceof HTMLDialogElement) event.target.close();
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A fragment that brings a dialog with data-open shows it at once.
document.addEventListener("htmx:load", (event) => {
  for (const dialog of event.detail.elt.querySelectorAll?.("dialog[data-open]") ?? []) dialog.showModal();
  if (event.detail.elt.matches?.("dialog[data-open]")) event.detail.elt.showModal();
});

document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  ask(event.detail.question, event.detail.elt.dataset.yes).then((yes) => yes && event.detail.issueRequest(true));
});

export function ask(question, yes = say("confirm")) {
  const dialog = Object.assign(document.createElement("dialog"), { className: "dialog" });
  dialog.setAttribute("aria-label", question);
  dialog.innerHTML = '<form method="dialog"><div class="body"><p></p></div><div class="foot"></div></form>';
  dialog.querySelector("p").textContent = question;
  const choices = [[say("cancel"), "", "button"], [yes, "yes", "button primary"]].map(([textContent, value, className]) =>
    Object.assign(document.createElement("button"), { textContent, value, className }));
  dialog.querySelector(".foot").append(...choices);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => dialog.addEventListener("close", () => {
    dialog.remove();
    answer(dialog.returnValue === "yes");
  }));
}
