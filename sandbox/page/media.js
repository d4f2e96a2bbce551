// What a line carries beside its words: pictures, sounds, files, places and contacts.

import { degrees, draw, make } from "/nodes.js";
import { fileUrl } from "/server.js";
import { WORDS } from "/words.js";

/** `show` is called with the picture's address and description when it is tapped. */
export function mediaOf(line, platform, author, show) {
  const { photo, voice, audio, animation, document: file, location, contact } = line.media;
  const video = line.media.video || animation;
  if (photo) return picture(line, photo.at(-1), platform, author, show);
  if (voice) return player("audio", fileUrl(platform, voice.file_id), WORDS.voice);
  if (audio) return player("audio", fileUrl(platform, audio.file_id), WORDS.audio);
  if (video) return player("video", fileUrl(platform, video.file_id), WORDS.video);
  if (file) return fileLink(file, fileUrl(platform, file.file_id));
  if (location) return spot(location);
  if (contact) return caller(contact);
  return make("span", WORDS[line.kind] || line.kind);
}

function picture(line, photo, platform, author, show) {
  const source = fileUrl(platform, photo.file_id);
  const node = make("button", undefined, "picture");
  node.type = "button";
  const image = make("img");
  // The first line of a caption says what is to be seen; a whole one would be read out twice.
  image.alt = line.text ? line.text.split("\n")[0].slice(0, 120) : WORDS.photoFrom + author;
  if (photo.width) Object.assign(image, { width: photo.width, height: photo.height });
  image.src = source;
  image.addEventListener("error", () => node.replaceWith(make("span", WORDS.broken)));
  node.setAttribute("aria-label", `${WORDS.enlarge}: ${image.alt}`);
  node.append(image);
  node.addEventListener("click", () => show(source, image.alt));
  return node;
}

function player(tag, source, label) {
  const node = make(tag);
  node.controls = true;
  node.preload = "metadata";
  node.setAttribute("aria-label", label);
  node.addEventListener("error", () => node.replaceWith(make("span", `${label}: ${WORDS.broken}`)));
  node.src = source;
  return node;
}

function fileLink(file, source) {
  const node = make("a", undefined, "file");
  node.href = source;
  node.download = file.file_name || "file";
  // A Latin name would fall apart among Persian words.
  node.append(`${WORDS.document}: `, make("bdi", file.file_name || ""));
  return node;
}

function spot({ latitude, longitude }) {
  const node = make("figure", undefined, "spot");
  const lines = [20, 55, 90, 125, 160, 195, 230].map((at) => `M${at} 0V110`).join("") + "M0 20H250M0 55H250M0 90H250";
  const marker = draw("path", { class: "marker", d: "M125 72c-9-10-13-16-13-21a13 13 0 0 1 26 0c0 5-4 11-13 21z" });
  const note = make("figcaption", `${WORDS.location} · `);
  note.append(make("bdi", `${degrees(latitude)}، ${degrees(longitude)}`));
  node.append(draw("svg", { viewBox: "0 0 250 110", "aria-hidden": "true" }, draw("path", { class: "ruled", d: lines }), marker), note);
  return node;
}

function caller(contact) {
  const node = make("div", undefined, "caller");
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  node.append(make("span", `${WORDS.contact} · ${name}`), make("span", contact.phone_number));
  return node;
}
