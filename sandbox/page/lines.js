// One line of a conversation: its bubble, what is attached, its buttons, and when it was said.

import { button, clock, day, make } from "/nodes.js";
import { mediaOf } from "/media.js";
import { marked } from "/formatting.js";
import { WORDS } from "/words.js";

/** `pane`: {platform, name, deeds, press, show, quoted}. */
export function drawLine(line, pane) {
  const node = make("article", undefined, `line ${line.from}${line.deleted ? " deleted" : ""}`);
  node.dataset.message = line.message_id;
  const author = line.from === "bot" ? WORDS.bot : `${pane.name}: `;
  const card = make("div", undefined, "card");
  card.append(make("span", author, "unseen"));
  const quoted = line.reply_to ? pane.quoted(line.reply_to) : null;
  if (line.forward.name) card.append(make("div", origin(line.forward), "origin"));
  if (quoted) card.append(make("div", quoted, "quoted"));
  const bubble = make("div", undefined, "bubble");
  bubble.dir = "auto";
  if (line.kind !== "text") bubble.append(mediaOf(line, pane.platform, author.replace(": ", ""), pane.show));
  bubble.append(marked(line, pane.platform, pane.deeds));
  card.append(bubble, make("div", notes(line), "about"));
  const dated = make("p", day(line.date), "day");
  dated.hidden = true;
  node.append(dated, card);
  if (line.buttons.length && !line.deleted) node.append(drawRows(line.buttons, (one) => pane.press(line, one)));
  return node;
}

function origin({ name, hidden }) { return WORDS.forwarded + name + (hidden ? WORDS.hiddenAccount : ""); }

function notes(line) {
  const told = [clock(line.date)];
  if (line.edited) told.unshift(WORDS.edited);
  if (line.deleted) told.unshift(WORDS.deleted);
  return told.join(" · ");
}

/** The first line of a day carries its date; parts of an album stand close together. */
export function place(node, line, older) {
  const first = !older || day(older.date) !== day(line.date);
  node.classList.toggle("dated", first);
  node.querySelector(".day").hidden = !first;
  node.classList.toggle("joined", Boolean(older && line.album && older.album === line.album));
}

const WIDE_LABEL = 22;

export function drawRows(rows, onPress) {
  const box = make("div", undefined, "rows");
  for (const row of rows) {
    const line = make("div");
    for (const one of row) {
      const node = button(one.text, one.url ? "url" : "", () => onPress(one));
      node.dir = "auto";
      node.classList.toggle("long", one.text.length > WIDE_LABEL);
      line.append(node);
    }
    box.append(line);
  }
  return box;
}
