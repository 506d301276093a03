// SHA-256 of bytes that come in pieces (FIPS 180-4). A page that has no secure address,
// such as one of a room, has no `crypto.subtle`; and that takes no pieces.

const BLOCK = 64; // bytes

/** @param {number} count the first so many primes */
function primes(count) {
  /** @type {number[]} */
  const found = [];
  for (let n = 2; found.length < count; n += 1) {
    if (found.every((prime) => n % prime)) found.push(n);
  }
  return found;
}

/** The first 32 bits behind the point. @param {number} value */
const fraction = (value) => ((value % 1) * 2 ** 32) | 0;

const STATE = primes(8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));

/**
 * Mix a block into the state.
 * @param {Int32Array} state [8] @param {Int32Array} w [64], room to work in
 * @param {Uint8Array} bytes @param {number} at where the block begins
 */
function mix(state, w, bytes, at) {
  for (let i = 0; i < 16; i += 1) {
    const b = at + 4 * i;
    w[i] = (bytes[b] << 24) | (bytes[b + 1] << 16) | (bytes[b + 2] << 8) | bytes[b + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15];
    const y = w[i - 2];
    const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + low + w[i - 7] + high) | 0;
  }
  // Written out: lists would be made for each block, of which there are millions.
  let a = state[0], b = state[1], c = state[2], d = state[3];
  let e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const turnE = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^
      ((e >>> 25) | (e << 7));
    const one = (h + turnE + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
    const turnA = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^
      ((a >>> 22) | (a << 10));
    const other = (turnA + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + other) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** Add bytes as they come; `hex` ends it, once. */
export function sha256() {
  const [state, w] = [Int32Array.from(STATE), new Int32Array(64)];
  const rest = new Uint8Array(BLOCK); // of a block that is not full yet
  let size = 0;
  /** @param {Uint8Array} bytes */
  function add(bytes) {
    let at = 0;
    const held = size % BLOCK;
    size += bytes.length;
    if (held) {
      at = Math.min(BLOCK - held, bytes.length);
      rest.set(bytes.subarray(0, at), held);
      if (held + at < BLOCK) return;
      mix(state, w, rest, 0);
    }
    for (; at + BLOCK <= bytes.length; at += BLOCK) mix(state, w, bytes, at);
    rest.set(bytes.subarray(at));
  }
  function hex() {
    const bits = 8 * size;
    const room = BLOCK - 8 - 1 - size % BLOCK;
    const end = new Uint8Array(1 + (room < 0 ? room + BLOCK : room) + 8);
    end[0] = 0x80;
    const view = new DataView(end.buffer);
    view.setUint32(end.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(end.length - 4, bits % 2 ** 32);
    add(end);
    return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0"))
      .join("");
  }
  return { add, hex };
}
