// Keys that work everywhere: ? shows them, c opens Create, / goes to the page's search. Never while one types.
export function typing(target) {
  return target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog") !== null;
}

const ACTS = {
  "?": () => document.getElementById("keys")?.showModal(),
  "/": () => document.querySelector("main input[type=search], main [data-search]")?.focus(),
  c: () => {
    const create = document.querySelector("main [data-create]") ?? document.querySelector(".topbar details.menu summary");
    create?.click();
    if (create?.matches("summary")) document.querySelector(".topbar details[open] a")?.focus();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !ACTS[event.key]) return;
  event.preventDefault();
  ACTS[event.key]();
});
