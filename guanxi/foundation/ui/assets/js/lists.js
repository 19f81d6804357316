// Lists: j and k walk the rows, Enter opens, e edits, x selects; the selection bar counts and sums what is chosen.
import { say } from "./words.js";
import { typing } from "./keys.js";

const rows = () => [...document.querySelectorAll("[data-list] [data-row]")];

function walk(step) {
  const all = rows();
  const at = all.findIndex((row) => row.getAttribute("aria-current") === "true");
  const next = Math.min(all.length - 1, Math.max(0, at + step));
  all.forEach((row, i) => (i === next ? row.setAttribute("aria-current", "true") : row.removeAttribute("aria-current")));
  all[next]?.scrollIntoView({ block: "nearest" });
  all[next]?.querySelector("a")?.focus({ preventScroll: true });
}

const here = () => rows().find((row) => row.getAttribute("aria-current") === "true");
const ACTS = {
  j: () => walk(1),
  k: () => walk(-1),
  Enter: () => here()?.querySelector("a")?.click(),
  e: () => here()?.querySelector("[data-edit]")?.click(),
  x: () => here()?.querySelector("input[type=checkbox]")?.click(),
  Escape: () => clear(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const onControl = event.key === "Enter" && event.target.closest("a, button, summary, input");
  if (!ACTS[event.key] || onControl || !rows().length) return;
  if (event.key !== "Escape") event.preventDefault();
  ACTS[event.key]();
});

// A long choice is narrowed by typing: <input data-narrow> in a fieldset whose choices carry data-said; what is chosen stays.
document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-narrow]")) return;
  const asked = target.value.trim().toLowerCase();
  for (const choice of target.closest("fieldset").querySelectorAll("[data-said]"))
    choice.hidden = !choice.dataset.said.includes(asked) && !choice.querySelector("input").checked;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-narrow]")) event.preventDefault();
});

function boxes() {
  return [...document.querySelectorAll("[data-list] [data-row] input[type=checkbox]")];
}

function clear() {
  for (const box of boxes()) box.checked = false;
  show();
}

// The bar: <div class="selection" data-selection hidden> with [data-count] and [data-sum]; rows carry data-amount and data-revenue.
function show() {
  const chosen = boxes().filter((box) => box.checked);
  for (const box of boxes()) box.closest("[data-row]").classList.toggle("is-selected", box.checked);
  const bar = document.querySelector("[data-selection]");
  if (!bar) return;
  bar.hidden = chosen.length === 0;
  const count = bar.querySelector("[data-count]");
  if (count) count.textContent = say("selected", { count: chosen.length });
  for (const sum of bar.querySelectorAll("[data-sum]")) sum.textContent = total(chosen, sum.dataset);
}

function total(chosen, { currency, sum }) {
  const amounts = chosen.map((box) => Number(box.closest("[data-row]").dataset[sum || "amount"] ?? 0));
  const style = currency ? { style: "currency", currency, maximumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(document.documentElement.lang, style).format(amounts.reduce((a, b) => a + b, 0));
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-select-all]")) for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.closest("[data-list]")) show();
});
document.addEventListener("click", (event) => event.target.closest("[data-clear-selection]") && clear());
document.addEventListener("htmx:afterSettle", show);
