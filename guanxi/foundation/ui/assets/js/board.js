// <gx-board>: cards dragged between lanes by mouse, touch and keys; the move is shown at once and taken back
// when the server refuses. A lane is <ol data-lane="id" data-label="…">, a card <li data-card="id" data-label="…">;
// the move is posted to the card's data-move with lane and place.
import Sortable from "sortablejs";
import { announce, say } from "./words.js";

class Board extends HTMLElement {
  connectedCallback() {
    this.lanes = [...this.querySelectorAll("[data-lane]")];
    for (const lane of this.lanes) this.prepare(lane);
    this.addEventListener("keydown", (event) => this.press(event));
  }

  prepare(lane) {
    new Sortable(lane, {
      group: "cards", animation: 120, delay: 160, delayOnTouchOnly: true, draggable: "[data-card]",
      ghostClass: "is-ghost", chosenClass: "is-lifted",
      onStart: ({ item }) => this.remember(item),
      onEnd: ({ item, from, to, oldIndex, newIndex }) => (from !== to || oldIndex !== newIndex) && this.save(item),
    });
    for (const card of lane.querySelectorAll("[data-card]")) card.tabIndex = 0;
  }

  remember(card) {
    this.origin = { lane: card.parentElement, next: card.nextElementSibling };
  }

  press(event) {
    const card = event.target.closest("[data-card]");
    if (!card || event.target !== card) return;
    const lifted = card.classList.contains("is-lifted");
    if (event.key === " " || (event.key === "Enter" && lifted)) lifted ? this.drop(card) : this.lift(card);
    else if (event.key === "Escape" && lifted) this.putBack(card, "put_back");
    else if (lifted && event.key.startsWith("Arrow")) this.move(card, event.key);
    else return;
    event.preventDefault();
  }

  lift(card) {
    this.remember(card);
    card.classList.add("is-lifted");
    announce(say("lifted", { card: card.dataset.label }));
  }

  move(card, arrow) {
    const lane = card.parentElement;
    const beside = this.lanes[this.lanes.indexOf(lane) + (arrow === "ArrowRight") - (arrow === "ArrowLeft")];
    if (arrow === "ArrowUp") card.previousElementSibling?.before(card);
    else if (arrow === "ArrowDown") card.nextElementSibling?.after(card);
    else if (beside && beside !== lane) beside.prepend(card);
    card.focus();
    announce(say("moved", { card: card.dataset.label, lane: card.parentElement.dataset.label, place: this.place(card) + 1 }));
  }

  drop(card) {
    card.classList.remove("is-lifted");
    announce(say("dropped", { card: card.dataset.label, lane: card.parentElement.dataset.label }));
    this.save(card);
  }

  place(card) {
    return [...card.parentElement.querySelectorAll("[data-card]")].indexOf(card);
  }

  async save(card) {
    const values = { lane: card.parentElement.dataset.lane, place: this.place(card) };
    const refused = () => this.putBack(card, "refused");
    const body = new URLSearchParams(values);
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"), "HX-Request": "true" };
    try {
      const answer = await fetch(card.dataset.move, { method: "POST", body, headers });
      if (!answer.ok) return refused();
      const trigger = answer.headers.get("HX-Trigger");
      if (trigger) for (const [name, detail] of Object.entries(JSON.parse(trigger))) document.dispatchEvent(new CustomEvent(name, { detail }));
      this.dispatchEvent(new CustomEvent("gx:moved", { bubbles: true, detail: values }));
    } catch {
      refused();
    }
  }

  putBack(card, sentence) {
    this.origin.lane.insertBefore(card, this.origin.next);
    card.classList.remove("is-lifted");
    card.focus();
    if (sentence === "refused") {
      card.classList.add("is-refused");
      card.addEventListener("animationend", () => card.classList.remove("is-refused"), { once: true });
    }
    announce(say(sentence, { card: card.dataset.label }));
  }
}
customElements.define("gx-board", Board);
