// The windows above the page: a picture seen large, a place to send, a contact to send, a message to pass on.

import { button, degrees, draw } from "/nodes.js";
import { WORDS } from "/words.js";

const $ = (selector) => document.querySelector(selector);

/** Opens a window and gives what it was closed with, "" when it was only closed. */
function shown(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue), { once: true });
  });
}

export function showPicture(source, words) {
  const image = $("#picture img");
  image.src = source;
  image.alt = words;
  return shown($("#picture"));
}

/** Whose number: {owner} or {}; null when nothing is to be sent. */
export async function pickContact(people, self, onlyOwn) {
  const dialog = $("#contact");
  const others = onlyOwn ? [] : people.filter((one) => one.id !== self);
  const choices = [["own", WORDS.own], ...others.map((one) => [String(one.id), WORDS.of + one.name])];
  if (!onlyOwn) choices.push(["0", WORDS.nobody]);
  const chosen = await oneOf(dialog, choices);
  if (!chosen) return null;
  return chosen === "own" ? {} : { owner: Number(chosen) };
}

/** Whose message: {author}, {author, hidden} or {message_id}; null when nothing is to be sent. `fromBot`: 0 when there is none. */
export async function pickForward(people, self, fromBot) {
  const others = people.filter((one) => one.id !== self);
  const hider = others.at(-1);
  const choices = others.map((one) => [JSON.stringify({ author: one.id }), WORDS.from + one.name]);
  if (hider) choices.push([JSON.stringify({ author: hider.id, hidden: true }), WORDS.fromHidden(hider.name)]);
  if (fromBot) choices.push([JSON.stringify({ message_id: fromBot }), WORDS.fromBot]);
  const chosen = await oneOf($("#forward"), choices);
  return chosen ? JSON.parse(chosen) : null;
}

function oneOf(dialog, choices) {
  dialog.querySelector(".choices").replaceChildren(...choices.map(([value, label]) =>
    button(label, "", () => dialog.close(value))));
  return shown(dialog);
}

// The grid: a drawn plane, not a map. One step is about 100 metres, with Shift about a kilometre.
const WIDTH = 320, HEIGHT = 180, EDGE = 0.25;
const STEP = 0.001, LEAP = 0.01;

class Grid {
  constructor(svg, places, moved) {
    Object.assign(this, { svg, moved });
    const latitudes = places.map((one) => one.latitude), longitudes = places.map((one) => one.longitude);
    const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
    const spread = (values) => Math.max(Math.max(...values) - Math.min(...values), 0.01) * (1 + 2 * EDGE);
    this.middle = [middle(latitudes), middle(longitudes)];
    // One scale for both, with a degree of longitude as short as it is there.
    this.squeeze = Math.cos(this.middle[0] * Math.PI / 180);
    this.scale = Math.min(HEIGHT / spread(latitudes), WIDTH / (spread(longitudes) * this.squeeze));
    this.marker = draw("path", { class: "marker", d: "M0 0c-6-7-9-11-9-14a9 9 0 0 1 18 0c0 3-3 7-9 14z" });
    svg.replaceChildren(this.rules(), ...places.flatMap((one) => this.sample(one)), this.marker);
    svg.onpointerdown = (event) => { svg.setPointerCapture(event.pointerId); this.pointed(event); };
    svg.onpointermove = (event) => { if (event.buttons) this.pointed(event); };
    svg.onkeydown = (event) => this.keyed(event);
  }

  rules() {
    let path = "";
    for (let at = 20; at < WIDTH; at += 40) path += `M${at} 0V${HEIGHT}`;
    for (let at = 10; at < HEIGHT; at += 40) path += `M0 ${at}H${WIDTH}`;
    return draw("path", { class: "ruled", d: path });
  }

  sample(one) {
    const [x, y] = this.spot(one.latitude, one.longitude);
    return [draw("circle", { class: "sample", cx: x, cy: y, r: 4 }), draw("text", { x, y: y + 16 }, one.name)];
  }

  spot(latitude, longitude) {
    const x = WIDTH / 2 + (longitude - this.middle[1]) * this.squeeze * this.scale;
    return [x, HEIGHT / 2 - (latitude - this.middle[0]) * this.scale];
  }

  show(latitude, longitude) {
    this.at = [latitude, longitude];
    const [x, y] = this.spot(latitude, longitude);
    const inside = (value, most) => Math.min(Math.max(value, 0), most);
    this.marker.setAttribute("transform", `translate(${inside(x, WIDTH)} ${inside(y, HEIGHT)})`);
    this.svg.setAttribute("aria-description", `${degrees(latitude)}، ${degrees(longitude)}`);
  }

  pointed(event) {
    const box = this.svg.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width * WIDTH, y = (event.clientY - box.top) / box.height * HEIGHT;
    this.moved(this.middle[0] - (y - HEIGHT / 2) / this.scale, this.middle[1] + (x - WIDTH / 2) / this.scale / this.squeeze);
  }

  keyed(event) {
    const step = event.shiftKey ? LEAP : STEP;
    const [north, east] = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key] || [0, 0];
    if (!north && !east) return;
    event.preventDefault();
    this.moved(this.at[0] + north * step, this.at[1] + east * step);
  }
}

/** A place chosen among samples, on the grid or by its numbers; null when nothing is to be sent. */
export async function pickPlace(places) {
  const dialog = $("#place");
  const { latitude, longitude } = dialog.querySelector("form").elements;
  const choices = places.map((one) => button(one.name, "", () => set(one.latitude, one.longitude)));
  const grid = new Grid(dialog.querySelector(".grid"), places, (north, east) => set(north, east));
  const marked = () => {
    grid.show(latitude.valueAsNumber || 0, longitude.valueAsNumber || 0);
    places.forEach((one, at) => {
      const here = one.latitude === latitude.valueAsNumber && one.longitude === longitude.valueAsNumber;
      choices[at].setAttribute("aria-pressed", String(here));
    });
  };
  const set = (north, east) => {
    latitude.value = String(Math.round(north * 1e5) / 1e5);
    longitude.value = String(Math.round(east * 1e5) / 1e5);
    marked();
  };
  latitude.oninput = longitude.oninput = marked;
  dialog.querySelector(".choices").replaceChildren(...choices);
  set(places[0].latitude, places[0].longitude);
  if (await shown(dialog) !== "send") return null;
  return { latitude: latitude.valueAsNumber, longitude: longitude.valueAsNumber };
}
