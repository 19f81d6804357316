// <gx-palette>: Ctrl or ⌘ K, or the search field, opens it; the server answers with grouped options.
import { say } from "./words.js";

const PAUSE = 90;

class Palette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("click", (event) => this.choose(event));
    document.addEventListener("click", (event) => this.maybeOpen(event));
    document.addEventListener("keydown", (event) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") this.maybeOpen(event, true);
    });
  }

  maybeOpen(event, sure = false) {
    if (!sure && !event.target.closest("[data-palette-open]")) return;
    event.preventDefault();
    if (this.dialog.open) return;
    this.dialog.showModal();
    this.input.select();
    this.ask();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const asked = this.input.value;
    const address = `${this.input.dataset.src}?q=${encodeURIComponent(asked)}`;
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: this.asking.signal });
      this.list.innerHTML = answer.ok ? await answer.text() : "";
      if (!answer.ok) this.list.textContent = say("server_failed");
      this.answered = asked;
      this.mark(0);
    } catch (failure) {
      if (failure.name !== "AbortError") this.list.textContent = say("offline");
    }
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  mark(place) {
    const all = this.options;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
    this.input.setAttribute("aria-activedescendant", all[place]?.id ?? "");
    all[place]?.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    if (event.isComposing) return; // the keys choose among the characters of an input method
    const all = this.options;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length) this.mark((all.indexOf(this.marked) + step + all.length) % all.length);
    else if (event.key === "Enter") this.enter(event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  }

  get marked() {
    return this.list.querySelector("[role=option][aria-selected=true]");
  }

  // Who is faster than the answer means what was typed, not what the list still shows for the letters before.
  async enter(beside) {
    if (this.answered !== this.input.value) {
      clearTimeout(this.timer);
      await this.ask();
    }
    if (this.marked && this.answered === this.input.value) this.follow(this.marked, beside);
  }

  choose(event) {
    const option = event.target.closest("[data-post]");
    if (!option) return;
    event.preventDefault();
    this.follow(option, false);
  }

  follow(option, beside) {
    if (option.dataset.post !== undefined) this.post(option.href);
    else if (beside) window.open(option.href, "_blank", "noopener");
    else location.assign(option.href);
  }

  // An action of the palette changes something, so it is posted, signed like every form.
  post(address) {
    const { pathname, searchParams } = new URL(address);
    const form = Object.assign(document.createElement("form"), { method: "post", action: pathname });
    const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    for (const [name, value] of [...searchParams, ["csrfmiddlewaretoken", token], ["next", location.pathname + location.search]])
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    document.body.append(form);
    form.submit();
  }
}
customElements.define("gx-palette", Palette);
