// How many messages of the bot nobody has looked at yet, by chat; what was read is remembered in this browser.

import { ask, chatPath } from "/server.js";

const KEY = "read:";

export class Unread {
  constructor() { this.counts = new Map(); }

  count(platform, person) { return this.counts.get(`${platform}/${person}`) || 0; }

  total() { return [...this.counts.values()].reduce((sum, one) => sum + one, 0); }

  /** Everything up to this message has been seen. */
  read(platform, person, id) {
    const chat = `${platform}/${person}`;
    if (id && Number(localStorage.getItem(KEY + chat)) !== id) localStorage.setItem(KEY + chat, String(id));
    const had = this.count(platform, person);
    this.counts.delete(chat);
    return had > 0;
  }

  async recount(platform, person) {
    const chat = `${platform}/${person}`;
    const seen = Number(localStorage.getItem(KEY + chat)) || 0;
    let told = await ask(chatPath("unread", platform, person, `&after=${seen}`));
    // The sandbox was emptied since, and counts its messages from one again.
    if (told.newest < seen) {
      localStorage.removeItem(KEY + chat);
      told = await ask(chatPath("unread", platform, person, "&after=0"));
    }
    this.counts.set(chat, told.count);
  }
}
