// Local storage: the seat, and the language. If a browser stores nothing, they stay the
// same until its page is left.

const PREFIX = "llm-lessons-room-";
/** @type {Map<string, string>} */
const inMemory = new Map();

/** @param {string} name @returns {string | null} */
export function stored(name) {
  const own = inMemory.get(name) ?? null;
  try {
    return localStorage.getItem(PREFIX + name) ?? own;
  } catch {
    return own; // storage is forbidden here
  }
}

/** @param {string} name @param {string} value */
export function store(name, value) {
  inMemory.set(name, value);
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // as above
  }
}
