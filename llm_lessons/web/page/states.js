// What a page has of its widgets, as `pages/page.py` packs it.

/** @typedef {Record<string, unknown>} Traits */
/** How many bytes a trait has. @typedef {{ path: [string], size: number }} Sized */
/** @typedef {{ state: Traits, buffers: Sized[] }} Saved */
/**
 * The widgets by their ids; values that several of them have; and the traits of each
 * that are bytes.
 * @typedef {object} States
 * @property {Record<string, Saved>} models @property {unknown[]} values
 * @property {Map<Saved, Traits>} bytesOf
 */

/**
 * @param {string} text base64 of a packed piece: JSON, a zero byte, and all bytes
 * @returns {Promise<States>}
 */
export async function statesOf(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const unpacking = new DecompressionStream("deflate");
  const unpacked = new Blob([packed]).stream().pipeThrough(unpacking);
  const whole = new Uint8Array(await new Response(unpacked).arrayBuffer());
  let at = whole.indexOf(0);
  const json = new TextDecoder().decode(whole.subarray(0, at));
  at += 1;
  const { models, values } = JSON.parse(json);
  const bytesOf = new Map();
  for (const saved of /** @type {Saved[]} */ (Object.values(models))) {
    /** @type {Traits} */
    const traits = {};
    for (const { path, size } of saved.buffers) {
      traits[path[0]] = new DataView(whole.slice(at, at + size).buffer);
      at += size;
    }
    bytesOf.set(saved, traits);
  }
  return { models, values, bytesOf };
}
