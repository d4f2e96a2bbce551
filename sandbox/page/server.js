// Talks to the sandbox this page came from, and to nothing else.

/** The sandbox did not answer at all; a refusal is a plain Error with its status. */
export class Lost extends Error {}

/** For work that is done again once the sandbox is back; everything else that goes wrong goes on. */
export function away(why) {
  if (!(why instanceof Lost)) throw why;
}

export async function ask(path, body, seconds = 60) {
  const options = { signal: AbortSignal.timeout(seconds * 1000) };
  if (body !== undefined) {
    Object.assign(options, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
  }
  let answer, told;
  try {
    answer = await fetch("/sandbox/" + path, options);
    told = await answer.json();
  } catch (why) {
    throw new Lost(why.message);
  }
  if (!answer.ok) throw Object.assign(new Error(told.error || answer.statusText), { status: answer.status });
  return told;
}

export const chatPath = (name, platform, person, more = "") => `${name}?platform=${platform}&person=${person}${more}`;

export const fileUrl = (platform, id) => `/sandbox/file?platform=${platform}&file_id=${encodeURIComponent(id)}`;

export async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  // All bytes at once would be too many arguments for one call.
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
