// What this browser keeps: the seat, and the language. One that refuses to keep it has
// the same seat until its page is left, however often that is connected anew.

const PREFIX = "llm-lessons-room-";
/** @type {Map<string, string>} */
const keptByPage = new Map();

/** @param {string} name @returns {string | null} */
export function stored(name) {
  const own = keptByPage.get(name) ?? null;
  try {
    return localStorage.getItem(PREFIX + name) ?? own;
  } catch {
    return own; // storage is forbidden here
  }
}

/** @param {string} name @param {string} value */
export function store(name, value) {
  keptByPage.set(name, value);
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // as above
  }
}
