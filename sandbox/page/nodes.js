// Makes the page's elements. Words go in as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

export function make(tag, text, className) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  return node;
}

export function button(text, className, press) {
  const node = make("button", text, className);
  node.type = "button";
  node.addEventListener("click", press);
  return node;
}

export function draw(tag, attributes, ...inside) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...inside);
  return node;
}

export function icon(name) {
  return draw("svg", { class: "icon", "aria-hidden": "true" }, draw("use", { href: `#${name}` }));
}

export const number = (value) => value.toLocaleString("fa-IR");
export const degrees = (value) => value.toLocaleString("fa-IR", { minimumFractionDigits: 4, maximumFractionDigits: 4 });

const ZONE = { timeZone: "Asia/Tehran" };
export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString("fa-IR", { hour: "2-digit", minute: "2-digit", ...ZONE });
export const day = (seconds) =>
  new Date(seconds * 1000).toLocaleDateString("fa-IR", { weekday: "long", day: "numeric", month: "long", ...ZONE });

/** A number in a corner, with words for those who hear it; nothing at 0. */
export function badge(node, count, what) {
  node.hidden = !count;
  node.textContent = count ? number(count) : "";
  if (count) node.append(make("span", what, "unseen"));
}
