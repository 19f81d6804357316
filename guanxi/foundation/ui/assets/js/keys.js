// Keys that work everywhere: ? shows them, c opens Create, / goes to the page's search. Never while one types.
// What a page prints on its own buttons, <button data-key="m">, works there too, and is listed under ? first.
export function typing(target) {
  return target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog") !== null;
}

const ACTS = {
  "?": () => {
    listOwn();
    document.getElementById("keys")?.showModal();
  },
  "/": () => document.querySelector("main input[type=search], main [data-search]")?.focus(),
  c: () => {
    const create = document.querySelector("main [data-create]") ?? document.querySelector(".topbar details.menu summary");
    create?.click();
    if (create?.matches("summary")) document.querySelector(".topbar details[open] a")?.focus();
  },
};

const own = () => [...document.querySelectorAll("main [data-key]:not(:disabled)")];

function listOwn() {
  const list = document.querySelector("#keys [data-own-keys]");
  if (!list) return;
  list.replaceChildren(...own().flatMap(({ dataset, textContent }) => {
    const said = textContent.trim().replace(new RegExp(`\\s*${dataset.key}$`), "");
    const key = Object.assign(document.createElement("dt"), { innerHTML: "<kbd></kbd>" });
    key.firstChild.textContent = dataset.key;
    return [key, Object.assign(document.createElement("dd"), { textContent: said })];
  }));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const button = own().find(({ dataset }) => dataset.key === event.key);
  if (!button && !ACTS[event.key]) return;
  event.preventDefault();
  if (!button) ACTS[event.key]();
  else if (!event.repeat) button.click();
});
