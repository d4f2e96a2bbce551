// One chat on the page: a person on a messenger, as that person sees it.

import { Composer } from "/composer.js";
import { showPicture } from "/dialogs.js";
import { drawLine } from "/lines.js";
import { Log } from "/log.js";
import { ask, away, chatPath, Lost } from "/server.js";
import { Tabs } from "/tabs.js";
import { make, number } from "/nodes.js";
import { WORDS } from "/words.js";

export class Pane {
  /** `app`: {people, unread, chosen(), readHere()}; `at` counts from 0. The first pane's parts keep their plain names as ids. */
  constructor(app, at) {
    this.app = app;
    this.platform = "";
    this.payload = "";
    this.answered = new Set();
    this.work = Promise.resolve();
    this.build(at);
    const part = this.part;
    this.platforms = new Tabs(part("platforms"), part("talk").id, (platform) => this.open(platform, this.person));
    this.people = new Tabs(part("people"), part("talk").id, (person) => this.open(this.platform, person));
    this.log = new Log(part("log"), part("newest"), {
      fetch: (more) => ask(chatPath("transcript", this.platform, this.person, more)),
      draw: (line) => drawLine(line, this),
      atEnd: () => this.read(),
    });
    this.composer = new Composer(this);
    this.deeds = {
      command: (text) => this.try("say", { text }),
      open: (url) => this.follow(url),
      copy: (text) => this.copy(text),
    };
    this.show = showPicture;
  }

  build(at) {
    const ending = at ? String(at + 1) : "";
    this.box = make("section", undefined, "pane");
    this.box.setAttribute("aria-label", WORDS.pane(number(at + 1)));
    this.box.append(document.getElementById("pane").content.cloneNode(true));
    const parts = new Map();
    for (const node of this.box.querySelectorAll("[data-part]")) {
      node.id = node.dataset.part + ending;
      parts.set(node.dataset.part, node);
    }
    this.part = (name) => parts.get(name);
    parts.get("attach").setAttribute("aria-controls", parts.get("attachments").id);
    parts.get("slash").setAttribute("aria-controls", parts.get("commands").id);
    parts.get("fold").setAttribute("aria-controls", parts.get("keyboard").id);
    this.box.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); parts.get("text").focus(); });
  }

  get key() { return `${this.platform}/${this.person}`; }
  get name() { return this.everybody().find((one) => one.id === this.person)?.name || String(this.person); }

  everybody() { return this.app.people[this.platform] || []; }

  /** Whether a message in that chat is being looked at here. */
  reads(chat) { return !this.box.hidden && this.key === chat && this.log.pinned; }

  /** Work on the lines is done one after another: two answers that overtake each other would tear the order. */
  inTurn(job) {
    const done = this.work.then(job);
    this.work = done.catch(() => undefined);
    return done;
  }

  open(platform, person, payload = "") {
    if (this.platform) this.composer.change(this.key, `${platform}/${person}`);
    Object.assign(this, { platform, person, payload });
    this.box.dataset.platform = platform;
    this.log.clear();
    this.app.chosen();
    this.drawTabs();
    return this.refresh().catch(away);
  }

  refresh() {
    const chat = this.key;
    return this.inTurn(async () => {
      // Somebody chose another chat while this one waited for its turn.
      if (this.key !== chat) return;
      this.part("log").setAttribute("aria-busy", "true");
      try {
        await this.log.sync();
        for (const { line } of this.log.shown.values()) this.answers(line, true);
        await this.offers();
      } finally {
        this.part("log").removeAttribute("aria-busy");
      }
    });
  }

  changed(ids) {
    const chat = this.key;
    return this.inTurn(async () => {
      if (this.key !== chat) return;
      const lines = await this.log.take(ids);
      if (this.key !== chat) return;
      for (const line of lines) this.answers(line, false);
      if (!lines.length || lines.some((line) => line.from === "bot" && line.keyboard !== null)) await this.offers();
      this.hints();
    });
  }

  async offers() {
    const key = this.key;
    const chat = await ask(chatPath("chat", this.platform, this.person));
    if (this.key !== key) return;
    this.username = chat.bot.username;
    this.composer.offered(chat);
    this.hints();
  }

  hints() {
    const where = WORDS[this.platform] || this.platform;
    this.log.showEmpty(WORDS.emptyTitle, WORDS.empty(this.name, where));
    this.part("start").hidden = this.log.shown.size > 0 && !this.payload;
  }

  drawTabs() {
    const { people, unread } = this.app;
    const total = (platform) => people[platform].reduce((sum, one) => sum + unread.count(platform, one.id), 0);
    this.platforms.show(Object.keys(people).map((name) =>
      [name, WORDS[name] || name, name === this.platform ? 0 : total(name)]), this.platform);
    this.people.show(this.everybody().map((one) => [one.id, one.name, unread.count(this.platform, one.id)]), this.person);
    const tab = this.part("people").querySelector("[aria-selected=true]");
    this.part("talk").setAttribute("aria-label", `${tab?.querySelector(".label").textContent || ""} · ${WORDS[this.platform]}`);
  }

  read() {
    if (this.app.unread.read(this.platform, this.person, this.log.newestId)) this.app.readHere();
  }

  answers(line, quiet) {
    for (const answer of line.answers) {
      const known = this.platform + answer.query;
      if (this.answered.has(known)) continue;
      this.answered.add(known);
      if (!quiet && answer.text && answer.shown) this.toast(answer.text, answer.alert);
    }
  }

  quoted(id) {
    const line = this.log.line(id);
    return line ? line.text || WORDS[line.kind] : null;
  }

  // --- what a person does -------------------------------------------------------------------------------------------

  act(name, about) { return ask(name, { platform: this.platform, person: this.person, ...about }); }

  try(name, about) { return this.act(name, about).catch((why) => this.refused(why)); }

  refused(why) { this.toast(WORDS.failed + (why instanceof Lost ? WORDS.away : why.message)); }

  press(line, one) {
    if (one.url) return this.follow(one.url) || this.toast(WORDS.link + one.url);
    if (one.copy) return this.copy(one.copy);
    return this.try("press", { data: one.data, message_id: line.message_id });
  }

  /** A link to this very bot opens it here, as the messenger would; true when it was one. */
  follow(url) {
    const found = /^https?:\/\/(?:t\.me|ble\.ir)\/(\w+)\/?\?start=([\w-]+)$/.exec(url);
    if (!found || found[1].toLowerCase() !== (this.username || "").toLowerCase()) return false;
    this.payload = found[2];
    this.hints();
    this.part("start").focus();
    return true;
  }

  async copy(text) {
    // Without a secure origin there is no clipboard; the words are on the screen all the same.
    await navigator.clipboard?.writeText(text).catch(() => undefined);
    this.toast(WORDS.copied(text));
  }

  later(name, seconds) {
    return this.app.time.go(seconds).then(
      () => this.toast(WORDS.moved(WORDS[name])), (why) => (why.status === 501 ? this.toast(WORDS.noClock) : this.refused(why)));
  }

  toast(text, alert = false) {
    const box = this.part("toast");
    box.textContent = text;
    box.classList.toggle("alert", alert);
    box.hidden = false;
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => { box.hidden = true; }, alert ? 9000 : 5000);
  }
}
