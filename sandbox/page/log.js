// The lines of one chat on the screen: the newest ones, older ones on demand, and where the reader stands.

import { badge, make } from "/nodes.js";
import { place } from "/lines.js";
import { away } from "/server.js";
import { WORDS } from "/words.js";

/** Lines fetched at once, and the most that stay while one reads at the end. */
const PAGE = 60;
const MOST = 300;
const NEAR_END = 48;

export class Log {
  /** `fetch(query)` gives lines, `draw(line)` a node, `atEnd()` is called when the newest line is in view. */
  constructor(box, newest, { fetch, draw, atEnd }) {
    Object.assign(this, { box, newest, fetch, draw, atEnd });
    this.list = box.querySelector(".lines");
    this.older = box.querySelector(".earlier");
    this.shown = new Map();
    this.pinned = true;
    this.below = 0;
    this.lastTop = 0;
    this.chat = 0;
    this.older.addEventListener("click", () => this.earlier());
    newest.addEventListener("click", () => { this.toEnd(); box.focus({ preventScroll: true }); });
    box.addEventListener("scroll", () => this.scrolled());
    // Pictures that arrive, a keyboard that opens, a phone that is turned: all move the end.
    const sizes = new ResizeObserver(() => { if (this.pinned) this.toEnd(); });
    sizes.observe(box);
    sizes.observe(this.list);
    new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting) && !this.pinned) this.earlier(); },
      { root: box }).observe(this.older);
  }

  get newestId() { return [...this.shown.keys()].at(-1) || 0; }

  /** The number of the newest line by "bot" or "person" that is still there; 0 when there is none. */
  newestFrom(who) {
    const lines = [...this.shown.values()].map((one) => one.line);
    return lines.findLast((line) => line.from === who && !line.deleted)?.message_id || 0;
  }

  line(id) { return this.shown.get(id)?.line; }

  clear() {
    // What is still on its way belongs to another chat now.
    this.chat += 1;
    this.shown.clear();
    this.list.replaceChildren();
    this.older.hidden = true;
    this.pinned = true;
    this.count(0);
  }

  /** Brings everything shown up to date, or shows the newest lines where nothing was shown. */
  async sync() {
    const asked = this.shown.size + PAGE;
    const lines = await this.fetched(`&last=${asked}`);
    if (!lines) return;
    const kept = new Set(lines.map((line) => line.message_id));
    for (const id of [...this.shown.keys()]) if (!kept.has(id)) this.drop(id);
    const first = [...this.shown.keys()][0] || 0;
    const wanted = lines.filter((line) => line.message_id >= first);
    this.older.hidden = lines.length < asked && lines.length === wanted.length;
    this.put(wanted);
    if (this.pinned) this.toEnd();
  }

  /** Lines as `fetch` gives them, or null when another chat was opened meanwhile. */
  async fetched(query) {
    const chat = this.chat;
    const lines = await this.fetch(query);
    return chat === this.chat ? lines : null;
  }

  /** Fetches lines that are new or have changed, and gives them. */
  async take(ids) {
    if (ids.length > PAGE) {
      await this.sync();
      return [];
    }
    const lines = await this.fetched(`&ids=${ids.join(",")}`);
    if (!lines) return [];
    const newest = this.newestId;
    const oldest = [...this.shown.keys()][0] || 0;
    this.put(lines.filter((line) => line.message_id >= oldest), true);
    if (lines.some((line) => line.from === "person" && line.message_id > newest)) this.pinned = true;
    if (this.pinned) {
      this.trim();
      this.toEnd();
    } else {
      this.count(this.below + lines.filter((line) => line.from === "bot" && line.message_id > newest).length);
    }
    return lines;
  }

  earlier() { return this.fetchEarlier().catch(away); }

  async fetchEarlier() {
    const first = [...this.shown.keys()][0];
    if (this.loading || !first) return;
    this.loading = true;
    this.box.setAttribute("aria-busy", "true");
    try {
      const lines = await this.fetched(`&before=${first}&last=${PAGE}`);
      if (!lines || [...this.shown.keys()][0] !== first) return;
      const anchor = this.shown.get(first).node;
      const before = anchor.getBoundingClientRect().top;
      const hadFocus = document.activeElement === this.older;
      this.prepend(lines);
      this.older.hidden = lines.length < PAGE;
      // Browsers hold the place by themselves unless one is at the very top; whatever is left is made up for here.
      this.box.scrollTop += anchor.getBoundingClientRect().top - before;
      if (hadFocus && this.older.hidden) this.box.focus({ preventScroll: true });
    } finally {
      this.loading = false;
      this.box.removeAttribute("aria-busy");
    }
  }

  prepend(lines) {
    const later = [...this.shown.values()];
    this.shown.clear();
    const nodes = lines.map((line) => this.keep(line, this.draw(line)).node);
    this.list.prepend(...nodes);
    for (const one of later) this.shown.set(one.line.message_id, one);
    this.order([...lines, ...later.slice(0, 1).map((one) => one.line)]);
  }

  // Only the lines that changed are made anew, so that the place one is reading at and the focus stay.
  put(lines, fresh = false) {
    for (const line of lines) {
      const known = this.shown.get(line.message_id);
      const written = JSON.stringify(line);
      if (known && known.written === written) continue;
      const node = this.draw(line);
      if (known) {
        refocus(known.node, node);
      } else {
        node.classList.toggle("fresh", fresh);
        this.list.append(node);
      }
      this.keep(line, node, written);
    }
    this.order(lines);
  }

  keep(line, node, written = JSON.stringify(line)) {
    const one = { line, node, written };
    this.shown.set(line.message_id, one);
    return one;
  }

  order(lines) {
    for (const { message_id: id } of lines) {
      const one = this.shown.get(id);
      const before = one?.node.previousElementSibling;
      if (one) place(one.node, one.line, before && this.line(Number(before.dataset.message)));
    }
  }

  drop(id) {
    this.shown.get(id).node.remove();
    this.shown.delete(id);
  }

  trim() {
    if (this.shown.size <= MOST) return;
    for (const id of [...this.shown.keys()].slice(0, this.shown.size - MOST + PAGE)) this.drop(id);
    this.order([[...this.shown.values()][0].line]);
    this.older.hidden = false;
  }

  fromEnd() { return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight; }

  toEnd() {
    this.box.scrollTop = this.box.scrollHeight;
    this.pinned = true;
    this.count(0);
    this.atEnd();
  }

  // What grows below the reader moves nothing; only a way upwards means that somebody reads there.
  scrolled() {
    const top = this.box.scrollTop;
    if (this.fromEnd() < NEAR_END) {
      if (!this.pinned) this.toEnd();
    } else if (top < this.lastTop - 1) {
      this.pinned = false;
    }
    this.lastTop = top;
    this.newest.hidden = this.pinned;
  }

  count(below) {
    this.below = below;
    this.newest.hidden = this.pinned;
    badge(this.newest.querySelector(".badge"), below, WORDS.unread);
    this.newest.setAttribute("aria-description", below ? below.toLocaleString("fa-IR") + WORDS.unread : "");
  }

  showEmpty(title, words) {
    this.list.querySelector(".empty")?.remove();
    if (this.shown.size) return;
    const box = make("div", undefined, "empty");
    box.append(make("strong", title), make("p", words));
    this.list.append(box);
  }
}

// A button that is pressed by key and then edited away hands the focus on to its line's next button.
function refocus(old, node) {
  const at = [...old.querySelectorAll("button")].indexOf(document.activeElement);
  old.replaceWith(node);
  if (at >= 0) (node.querySelectorAll("button")[at] || node.closest(".log")).focus({ preventScroll: true });
}
