// What the server, or its silence, says to a part of the page that was asked for.
import { say } from "./words.js";
import { toast } from "./toasts.js";

const SENTENCES = { 401: "signed_out", 403: "not_found", 404: "not_found", 429: "too_many" };

document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  toast(say(SENTENCES[status] ?? "server_failed"), { error: true });
});
document.addEventListener("htmx:sendError", () => toast(say("offline"), { error: true }));
document.addEventListener("htmx:timeout", () => toast(say("offline"), { error: true }));

let asked = 0;
const waiting = (change) => {
  asked = Math.max(0, asked + change);
  document.body.classList.toggle("is-waiting", asked > 0);
};
document.addEventListener("htmx:beforeRequest", () => waiting(1));
document.addEventListener("htmx:afterRequest", () => waiting(-1));

// An action answers with HX-Trigger: {"gx:toast": {"text": …, "undo": url}}.
document.addEventListener("gx:toast", (event) => {
  const { text, undo, tone } = event.detail;
  toast(text, { error: tone === "error", undo: undo && (() => window.htmx.ajax("POST", undo, { swap: "none" })) });
});
