// <gx-toasts>: what just happened. A toast with Undo stays longer; the pointer or the focus on it stops its clock.
import { say } from "./words.js";

const STAY = 6000;
const STAY_WITH_UNDO = 12000;

class Toasts extends HTMLElement {
  connectedCallback() {
    for (const toast of this.children) this.expire(toast);
    new MutationObserver((changes) => {
      for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1) this.expire(node);
    }).observe(this, { childList: true });
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-dismiss], .undo")) setTimeout(() => event.target.closest(".toast")?.remove(), 0);
    });
  }

  expire(toast) {
    if (toast.classList.contains("error")) return;
    const stay = toast.querySelector(".undo") ? STAY_WITH_UNDO : STAY;
    const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, STAY) : toast.remove());
    setTimeout(leave, stay);
  }
}
customElements.define("gx-toasts", Toasts);

export function toast(text, { undo, error } = {}) {
  const box = Object.assign(document.createElement("div"), { className: error ? "toast error" : "toast" });
  box.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (undo) box.append(button(say("undo"), "button small undo", undo));
  box.append(button("×", "button small square", () => box.remove(), say("close")));
  document.getElementById("toasts")?.append(box);
}

function button(text, className, act, label) {
  const made = Object.assign(document.createElement("button"), { type: "button", className, textContent: text });
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}
