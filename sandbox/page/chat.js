// The page: one chat on a phone, several side by side on a wide screen, all following what happens.

import { Pane } from "/pane.js";
import { ask, away, Lost } from "/server.js";
import { TimeMachine } from "/time.js";
import { Unread } from "/unread.js";

const $ = (id) => document.getElementById(id);
const TITLE = document.title;
/** From these widths on a further chat stands beside the others. */
const WIDER = ["(min-width: 1100px)", "(min-width: 1660px)"].map((width) => matchMedia(width));
const AGAIN = 1000;
const POLL = 25;

const app = {
  people: {},
  unread: new Unread(),
  time: new TimeMachine($("time"), (name, seconds) => app.panes[0].later(name, seconds)),
  panes: [],
  chosen() {
    const open = this.panes.filter((one) => one.platform).map((one) => one.key);
    history.replaceState(null, "", `#${open.join(",")}`);
  },
  readHere() {
    for (const pane of this.panes) pane.drawTabs();
    const total = this.unread.total();
    document.title = total ? `(${total.toLocaleString("fa-IR")}) ${TITLE}` : TITLE;
  },
};

/** What the address asks for: messenger/person, several of them with commas, each with ?start=… if need be. */
function asked() {
  return decodeURIComponent(location.hash.slice(1)).split(",").map((one) => {
    const [, platform, person, payload = ""] = /^(\w+)\/(\d+)(?:\?start=([\w-]+))?$/.exec(one) || [];
    const known = app.people[platform]?.some((each) => each.id === Number(person));
    return known ? [platform, Number(person), payload] : null;
  });
}

/** The chat of a pane that the address says nothing of: another person each, on the messengers in turn. */
function other(at) {
  const platform = Object.keys(app.people).at(at % Object.keys(app.people).length);
  const people = app.people[platform];
  return [platform, people[[0, 2, 3][at] % people.length].id, ""];
}

async function fit(wanted) {
  const count = 1 + WIDER.filter((one) => one.matches).length;
  for (let at = app.panes.length; at < count; at += 1) {
    const pane = new Pane(app, at);
    app.panes.push(pane);
    $("panes").append(pane.box);
    await pane.open(...(wanted[at] || other(at)));
  }
  app.panes.forEach((pane, at) => { pane.box.hidden = at >= count; });
}

async function everything() {
  await app.time.sync();
  await Promise.all(app.panes.map((pane) => pane.refresh()));
  await recount(Object.entries(app.people).flatMap(([name, all]) => all.map((one) => `${name}/${one.id}`)));
}

async function recount(chats) {
  await Promise.all(chats.filter((chat) => !app.panes.some((pane) => pane.reads(chat))).map((chat) => {
    const [platform, person] = chat.split("/");
    return app.unread.recount(platform, Number(person));
  }));
  app.readHere();
}

const pause = () => new Promise((done) => setTimeout(done, AGAIN));
const ABOUT_LINES = new Set(["message", "edit", "delete", "answer"]);

async function happened(events) {
  const lines = events.filter((one) => ABOUT_LINES.has(one.kind));
  const commands = new Set(events.filter((one) => one.kind === "commands").map((one) => one.platform));
  await Promise.all(app.panes.map(async (pane) => {
    const ids = new Set(lines.filter((one) => `${one.platform}/${one.chat}` === pane.key).map((one) => one.message_id));
    if (ids.size) await pane.changed([...ids]);
    if (commands.has(pane.platform)) await pane.inTurn(() => pane.offers());
  }));
  if (events.some((one) => one.kind === "clock")) await app.time.sync();
  const known = (chat) => app.people[chat.split("/")[0]]?.some((one) => one.id === Number(chat.split("/")[1]));
  const chats = new Set(lines.filter((one) => one.kind !== "answer").map((one) => `${one.platform}/${one.chat}`));
  if (chats.size) await recount([...chats].filter(known));
}

async function follow() {
  let seq = null;
  for (;;) {
    try {
      if (seq === null) {
        // A number above all others is answered at once, with the newest.
        seq = (await ask(`events?after=${Number.MAX_SAFE_INTEGER}&timeout=0`, undefined, 10)).seq;
        await everything();
        $("offline").hidden = true;
      }
      const told = await ask(`events?after=${seq}&timeout=${POLL}`, undefined, POLL + 10);
      // Fewer events than numbers: it began anew, or it has forgotten the oldest of them.
      const missed = told.events.length < told.seq - seq || told.seq < seq || told.events.some((one) => one.kind === "reset");
      seq = told.seq;
      await (missed ? everything() : happened(told.events));
    } catch (why) {
      seq = null;
      if (why instanceof Lost) $("offline").hidden = false;
      else console.error(why);
      await pause();
    }
  }
}

async function firstPeople() {
  for (;;) {
    try {
      return await ask("people");
    } catch (why) {
      away(why);
      $("offline").hidden = false;
      await pause();
    }
  }
}

async function open() {
  app.people = await firstPeople();
  await fit(asked());
  for (const width of WIDER) width.addEventListener("change", () => fit(asked()));
  window.addEventListener("hashchange", () => asked().forEach((one, at) => one && app.panes[at]?.open(...one)));
  // On a phone this would raise the keyboard over half of the conversation.
  if (matchMedia("(pointer: fine)").matches) app.panes[0].part("text").focus();
  await follow();
}

open();
