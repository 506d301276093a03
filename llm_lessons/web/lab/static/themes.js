// Two themes: JupyterLab's own, and what is ours on top of it.

/** @import { ThemeManager } from "./jupyter.js" */

const THEMES = [
  { name: "LLM Lessons", own: "theme-light-extension", isLight: true },
  { name: "LLM Lessons Dark", own: "theme-dark-extension", isLight: false },
];

/** @param {string} file @returns {Promise<HTMLLinkElement>} when it is there */
function styled(file) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(file, import.meta.url).href;
  document.head.append(link);
  return new Promise((done) => {
    for (const end of ["load", "error"]) {
      link.addEventListener(end, () => done(link));
    }
  });
}

/** @param {ThemeManager} manager */
export function addThemes(manager) {
  for (const file of ["face/colours.css", "face/paper.css", "lesson.css"]) {
    void styled(file);
  }
  for (const { name, own, isLight } of THEMES) {
    /** @type {HTMLLinkElement} */
    let link;
    manager.register({
      name,
      isLight,
      themeScrollbars: false,
      load: async () => {
        await manager.loadCSS(`@jupyterlab/${own}/index.css`);
        link = await styled("theme.css");
      },
      unload() {
        link.remove();
        return Promise.resolve();
      },
    });
  }
}
