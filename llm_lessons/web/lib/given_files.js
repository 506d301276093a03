// Files that somebody gives a page: by a field, or dropped.

/**
 * @param {HTMLElement} box on which they are dropped @param {HTMLInputElement} input
 * @param {(file: File) => void} take
 */
export function takeFiles(box, input, take) {
  input.addEventListener("change", () => {
    const [chosen] = input.files ?? [];
    if (chosen) take(chosen);
    input.value = ""; // so that the same one can be chosen again
  });
  box.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  box.addEventListener("drop", (event) => {
    const [dropped] = event.dataTransfer?.files ?? [];
    if (!dropped) return; // a text, which the box takes by itself
    event.preventDefault();
    event.stopPropagation(); // JupyterLab would upload it
    take(dropped);
  });
}
