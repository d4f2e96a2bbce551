// The bot's clock: shows its day and hour in Tehran, and lets time pass.

import { button, clock, day } from "/nodes.js";
import { ask } from "/server.js";
import { WORDS } from "/words.js";

const LOOK = 300;
const SHOW = 1000;
/** Seconds that one press lets pass. */
export const SPANS = [["hour", 3600], ["day", 86400], ["weeks", 28 * 86400]];

export class TimeMachine {
  /** `press(name, seconds)` is what a button does. */
  constructor(box, press) {
    Object.assign(this, { box, ahead: 0, from: 0, until: 0, looking: undefined });
    this.bar = box.querySelector("progress");
    box.querySelector(".spans").append(...SPANS.map(([name, seconds]) => button(WORDS[name], "", () => press(name, seconds))));
    setInterval(() => this.draw(), SHOW);
  }

  now() { return Date.now() / 1000 + this.ahead; }

  /** Lets so many seconds pass; what goes wrong is left to whoever asked. */
  async go(seconds) {
    const now = this.now();
    const told = await ask("clock", { move: seconds });
    if (this.until <= now) this.from = now;
    this.take(told);
  }

  async sync() { this.take(await ask("clock")); }

  /** While the clock is on its way it is looked at again and again. */
  take({ now, until }) {
    this.ahead = now - Date.now() / 1000;
    this.until = until > now ? until : 0;
    this.draw();
    clearTimeout(this.looking);
    if (this.until) this.looking = setTimeout(() => this.sync().catch(() => undefined), LOOK);
  }

  draw() {
    const now = this.now();
    this.box.hidden = false;
    this.box.querySelector("time").textContent = `${day(now)}، ${clock(now)}`;
    this.bar.hidden = !this.until;
    if (this.until) this.bar.value = (now - this.from) / (this.until - this.from);
  }
}
