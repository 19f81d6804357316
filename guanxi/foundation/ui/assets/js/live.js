// <gx-live topic="refresh:12" src="/fragment/">: a part of the page that is pushed, not polled.
// One EventSource a page; a message for a topic becomes the DOM event gx:push, and the part asks for itself anew.
const address = document.documentElement.dataset.push;
let source = null;

function listen(topic) {
  if (!address) return;
  if (!source) {
    source = new EventSource(address, { withCredentials: true });
    addEventListener("pagehide", () => source.close());
  }
  source.addEventListener(topic, (message) => {
    document.dispatchEvent(new CustomEvent("gx:push", { detail: { topic, data: message.data } }));
  });
}

const heard = new Set();

class Live extends HTMLElement {
  connectedCallback() {
    this.topic = this.getAttribute("topic");
    if (!heard.has(this.topic)) listen(this.topic);
    heard.add(this.topic);
    this.hear = (event) => event.detail.topic === this.topic && this.refresh();
    document.addEventListener("gx:push", this.hear);
  }

  disconnectedCallback() {
    document.removeEventListener("gx:push", this.hear);
  }

  // Many messages in a moment ask once.
  refresh() {
    if (this.due) return;
    this.due = setTimeout(() => {
      this.due = null;
      window.htmx.ajax("GET", this.getAttribute("src"), { target: this, swap: "innerHTML" });
    }, 120);
  }
}
customElements.define("gx-live", Live);
