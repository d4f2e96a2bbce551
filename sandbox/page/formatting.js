// Shows a text with its marks as the messenger would: Telegram's entities, or what Bale makes of its Markdown.

import { make, button } from "/nodes.js";
import { WORDS } from "/words.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
/** A quote with more characters is folded at first. */
const LONG_QUOTE = 160;

/** `deeds`: what a tap does, as {command, open, copy}, each given the words or the address. */
export function marked(line, platform, deeds) {
  const marks = [...line.entities, ...found(line)].map((one) => ({ ...one, end: one.offset + one.length }));
  return pieces(line.text, 0, line.text.length, ordered(marks), { platform, deeds });
}

const ordered = (marks) => marks.sort((a, b) => a.offset - b.offset || b.end - a.end);

// Offsets count UTF-16 units, as JavaScript's strings do. Marks may nest, and those that overlap are cut in two.
function pieces(text, start, end, marks, about) {
  const whole = document.createDocumentFragment();
  let at = start;
  let left = marks;
  while (left.length) {
    const [first, ...others] = left;
    left = others;
    const from = Math.max(first.offset, at), to = Math.min(first.end, end);
    if (to <= from) continue;
    whole.append(text.slice(at, from));
    const inner = [], after = [];
    for (const one of others) {
      if (one.offset < to) inner.push({ ...one, end: Math.min(one.end, to) });
      if (one.end > to) after.push({ ...one, offset: Math.max(one.offset, to) });
    }
    whole.append(wrapped(first, pieces(text, from, to, ordered(inner), about), text.slice(from, to), about));
    // Whatever follows a block begins on a line of its own already.
    at = BLOCKS.has(first.type) && text[to] === "\n" ? to + 1 : to;
    left = ordered(after);
  }
  whole.append(text.slice(at, end));
  return whole;
}

// The messengers' apps mark commands and addresses in a bot's words by themselves.
function found(line) {
  if (line.from !== "bot") return [];
  const seen = [...line.text.matchAll(/(?<!\S)\/[A-Za-z0-9_]{1,32}\b|https?:\/\/[^\s()«»]+/g)].map((match) => ({
    type: match[0].startsWith("/") ? "bot_command" : "url", offset: match.index, length: match[0].length,
  }));
  const plain = new Set(["bold", "italic", "blockquote", "expandable_blockquote"]);
  const apart = (one, given) => given.offset + given.length <= one.offset || given.offset >= one.offset + one.length;
  return seen.filter((one) => line.entities.every((given) => plain.has(given.type) || apart(one, given)));
}

function wrapped(entity, inside, text, about) {
  switch (entity.type) {
    case "text_link": return link(entity.url || "", inside, about);
    case "url": return link(text, inside, about);
    case "email": return link(`mailto:${text}`, inside, about);
    case "phone_number": return link(`tel:${text}`, inside, about);
    case "bot_command": return command(text, inside, about);
    case "code": return code(text, inside, about);
    case "pre": return around(make("pre"), inside);
    case "blockquote": return around(make("blockquote"), inside);
    case "expandable_blockquote": return about.platform === "bale" ? titled(text) : folding(text, inside);
    case "spoiler": return spoiler(inside);
    case "mention": case "hashtag": case "cashtag": case "text_mention": return around(make("span", undefined, "link"), inside);
    default: return around(make(TAGS[entity.type] || "span"), inside);
  }
}

function around(node, inside) {
  node.append(inside);
  return node;
}

function link(url, inside, { deeds }) {
  if (!/^(https?|tel|mailto):/.test(url)) return around(make("span", undefined, "link"), inside);
  const node = make("a");
  node.href = url;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  node.addEventListener("click", (event) => { if (deeds.open(url)) event.preventDefault(); });
  return around(node, inside);
}

function command(text, inside, { deeds }) {
  const node = make("a", undefined, "command");
  node.href = "#";
  node.addEventListener("click", (event) => { event.preventDefault(); deeds.command(text); });
  return around(node, inside);
}

function pressable(node, label, press) {
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  if (label) node.setAttribute("aria-label", label);
  node.addEventListener("click", press);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); press(); }
  });
  return node;
}

function code(text, inside, { deeds }) {
  return pressable(around(make("code"), inside), WORDS.copy + text, () => deeds.copy(text));
}

function spoiler(inside) {
  const node = make("span", undefined, "spoiler");
  const show = () => {
    node.classList.add("seen");
    for (const name of ["role", "aria-label", "tabindex"]) node.removeAttribute(name);
  };
  return around(pressable(node, WORDS.hidden, show), inside);
}

function folding(text, inside) {
  const quote = around(make("blockquote"), inside);
  if (text.length <= LONG_QUOTE) return quote;
  const whole = make("div");
  quote.classList.add("folded");
  const more = button(WORDS.unfold, "unfold", () => {
    const folded = quote.classList.toggle("folded");
    more.textContent = folded ? WORDS.unfold : WORDS.fold;
    more.setAttribute("aria-expanded", String(!folded));
  });
  more.setAttribute("aria-expanded", "false");
  whole.append(quote, more);
  return whole;
}

// Bale shows the title alone until it is tapped; nothing inside is marked.
function titled(text) {
  const [title, ...rest] = text.split("\n");
  const node = make("details");
  node.append(make("summary", title), make("div", rest.join("\n")));
  return node;
}
