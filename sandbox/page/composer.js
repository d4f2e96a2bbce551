// Where a person writes: the text, the two menus, files, and the bot's reply keyboard beneath.

import { drawRows } from "/lines.js";
import { Menu } from "/menu.js";
import { ask, base64, Lost } from "/server.js";
import { pickContact, pickForward, pickPlace } from "/dialogs.js";
import { SPANS } from "/time.js";
import { WORDS } from "/words.js";

export class Composer {
  /** `part(name)` gives a piece of the pane; `act(name, about)` does it for the pane's person. */
  constructor(pane) {
    this.pane = pane;
    this.drafts = new Map();
    this.commands = [];
    const part = (this.part = pane.part);
    this.text = part("text");
    this.attachMenu = new Menu(part("attach"), part("attachments"), this.text);
    this.commandMenu = new Menu(part("slash"), part("commands"), this.text);
    this.attachMenu.fill(() => this.attachments());
    this.commandMenu.fill(() => this.listed(""));
    part("composer").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    part("fold").addEventListener("click", () => this.fold(!part("keyboard").hidden));
    part("start").addEventListener("click", () => this.start());
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("keydown", (event) => this.keyed(event));
    for (const kind of ["voice", "video", "document"]) this.chosen(`${kind}-file`, (files) => this.sendFile(kind, files[0]));
    this.chosen("file", (files) => this.sendPhotos(files));
  }

  /** Another chat: its own half-written text comes back. */
  change(before, now) {
    this.drafts.set(before, this.text.value);
    this.put(this.drafts.get(now) || "");
    this.attachMenu.hide();
    this.commandMenu.hide();
  }

  put(words) {
    this.text.value = words;
    this.text.style.height = "auto";
    if (words) this.text.style.height = `${this.text.scrollHeight + 2}px`;
    else this.text.style.height = "";
  }

  typed() {
    this.put(this.text.value);
    const begun = /^\/\w*$/.test(this.text.value);
    if (begun && this.commands.length) this.commandMenu.open(this.listed(this.text.value.slice(1)), false);
    else this.commandMenu.hide();
  }

  keyed(event) {
    const menu = this.part("commands");
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.part("composer").requestSubmit();
    } else if (event.key === "ArrowUp" && !menu.hidden) {
      event.preventDefault();
      menu.lastElementChild.focus();
    } else if (event.key === "Escape") {
      this.commandMenu.hide();
    }
  }

  async send() {
    const words = this.text.value;
    if (!words.trim()) return;
    const chat = this.pane.key;
    this.commandMenu.hide();
    this.put("");
    try {
      await this.pane.act("say", { text: words });
    } catch (why) {
      // What somebody wrote is not lost because the program was away.
      if (this.pane.key === chat && !this.text.value) this.put(words);
      else this.drafts.set(chat, words);
      if (why instanceof Lost) this.pane.toast(WORDS.unsent);
      else this.pane.refused(why);
    }
  }

  async start() {
    const payload = this.pane.payload;
    this.part("start").hidden = true;
    this.text.focus();
    try {
      await this.pane.act("say", { text: payload ? `/start ${payload}` : "/start" });
      this.pane.payload = "";
    } catch (why) {
      this.pane.refused(why);
      this.part("start").hidden = false;
    }
  }

  // --- what can be sent ---------------------------------------------------------------------------------------------

  attachments() {
    const open = (name) => () => this.part(name).click();
    return [
      { label: WORDS.photo, run: open("file") },
      { label: WORDS.samplePhoto, run: () => this.pane.try("photo", this.caption()) },
      { label: WORDS.voice, run: open("voice-file") },
      { label: WORDS.sampleVoice, run: () => this.pane.try("voice", {}) },
      { label: WORDS.video, run: open("video-file") },
      { label: WORDS.document, run: open("document-file") },
      { label: WORDS.location, run: () => this.sendPlace() },
      { label: WORDS.contact, run: () => this.sendContact(false) },
      { label: WORDS.forward, run: () => this.passOn() },
      ...SPANS.map(([name, seconds]) => (
        { label: WORDS.later(WORDS[name]), className: "stage", run: () => this.pane.later(name, seconds) })),
    ];
  }

  chosen(name, use) {
    const input = this.part(name);
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = "";
      if (files.length) use(files);
    });
  }

  caption() {
    const caption = this.text.value;
    this.put("");
    return { caption };
  }

  async sendPhotos(files) {
    if (files.length === 1) return this.sendFile("photo", files[0]);
    const contents = await Promise.all(files.slice(0, 10).map(base64));
    return this.pane.try("album", { contents, ...this.caption() });
  }

  async sendFile(kind, file) {
    const about = { content: await base64(file), name: file.name, mime: file.type, ...this.caption() };
    if (kind === "voice") about.duration = await seconds(file);
    return this.pane.try(kind, about);
  }

  async sendPlace() {
    const places = await ask("places").catch((why) => this.pane.refused(why));
    const place = places && await pickPlace(places);
    if (place) await this.pane.try("location", place);
  }

  async sendContact(onlyOwn) {
    const chosen = await pickContact(this.pane.everybody(), this.pane.person, onlyOwn);
    if (chosen) await this.pane.try("contact", chosen);
  }

  /** What somebody else wrote elsewhere: what stands in the text box, else a sample. */
  async passOn() {
    const chosen = await pickForward(this.pane.everybody(), this.pane.person, this.pane.log.newestFrom("bot"));
    if (chosen?.author) chosen.text = this.caption().caption.trim() || WORDS.words;
    if (chosen) await this.pane.try("forward", chosen);
  }

  // --- what the bot offers ------------------------------------------------------------------------------------------

  offered(chat) {
    this.commands = chat.commands;
    this.part("slash").hidden = !chat.commands.length;
    const written = JSON.stringify(chat.keyboard);
    if (this.keys === written) return;
    this.keys = written;
    const rows = drawRows(chat.keyboard, (one) => this.pressed(one));
    rows.classList.toggle("many", chat.keyboard.length > 2);
    this.part("keyboard").replaceChildren(rows);
    this.part("fold").hidden = !chat.keyboard.length;
    this.fold(!chat.keyboard.length);
  }

  fold(folded) {
    this.part("keyboard").hidden = folded;
    this.part("fold").setAttribute("aria-expanded", String(!folded));
  }

  pressed(one) {
    if (one.asks === "location") return this.sendPlace();
    if (one.asks === "contact") return this.sendContact(true);
    return this.pane.try("press", { text: one.text });
  }

  listed(begun) {
    return this.commands.filter((one) => one.command.replace("/", "").startsWith(begun)).map((one) => ({
      label: `/${one.command.replace("/", "")}`, hint: one.description,
      run: () => {
        this.put("");
        this.pane.try("say", { text: `/${one.command.replace("/", "")}` });
      },
    }));
  }
}

/** How long a sound is, in whole seconds; 0 where the browser cannot tell. */
function seconds(file) {
  const sound = new Audio();
  const address = URL.createObjectURL(file);
  return new Promise((done) => {
    sound.addEventListener("loadedmetadata", () => done(Number.isFinite(sound.duration) ? Math.round(sound.duration) : 0));
    sound.addEventListener("error", () => done(0));
    sound.src = address;
  }).finally(() => URL.revokeObjectURL(address));
}
