// The sentences scripts say come from the page, in the reader's language; none is written here.
const source = document.getElementById("words");
const words = source ? JSON.parse(source.textContent) : {};

export function say(key, slots = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => slots[name] ?? "");
}

export function announce(text) {
  let place = document.getElementById("announcer");
  if (!place) {
    place = Object.assign(document.createElement("div"), { id: "announcer", className: "sr" });
    place.setAttribute("aria-live", "assertive");
    document.body.append(place);
  }
  place.textContent = text;
}
