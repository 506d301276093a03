// What a browser remembers of the real model from page to page: how much of its file is
// here, and whether this tab was closed while it was open.

const HERE = "llm-lessons-real-here";
const OPEN = "llm-lessons-real-open";

/**
 * @template Result @param {() => Result} act @param {Result} otherwise
 * @returns {Result}
 */
function allowed(act, otherwise) {
  try {
    return act();
  } catch {
    return otherwise; // nothing may be kept here
  }
}

/** Bytes of the file with this digest, as far as is known. @param {string} sha256 */
export function bytesHere(sha256) {
  const [digest, bytes] = (allowed(() => localStorage.getItem(HERE), null) ?? "")
    .split(" ");
  return digest === sha256 ? Number(bytes) || 0 : 0;
}

/** @param {string} sha256 @param {number} bytes */
export function tellBytesHere(sha256, bytes) {
  allowed(() => {
    if (bytes) localStorage.setItem(HERE, `${sha256} ${bytes}`);
    else localStorage.removeItem(HERE);
  }, undefined);
}

/**
 * Whether this tab was ended, not left, while the model was open: as browsers do where
 * memory is short. To be asked once, before `tellOpen`.
 */
export function wasEnded() {
  return allowed(() => sessionStorage.getItem(OPEN), null) !== null;
}

/** @param {boolean} isOpen */
export function tellOpen(isOpen) {
  allowed(() => {
    if (isOpen) sessionStorage.setItem(OPEN, "yes");
    else sessionStorage.removeItem(OPEN);
  }, undefined);
}
