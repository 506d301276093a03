// Two themes: JupyterLab's own, and what is ours on top of it.

/** @import { ThemeManager } from "./jupyter.js" */

const THEMES = [
  { name: "LLM Lessons", own: "theme-light-extension", isLight: true },
  { name: "LLM Lessons Dark", own: "theme-dark-extension", isLight: false },
];
/** What JupyterLab's own controls read as plain colours, and nothing else. */
const PLAIN = { "--jp-layout-color1": "ground", "--jp-brand-color1": "link" };

/** @param {string} file @returns {Promise<HTMLLinkElement>} when it is there */
function styled(file) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(file, import.meta.url).href;
  document.head.append(link);
  return new Promise((done) => {
    for (const end of ["load", "error"]) link.addEventListener(end, () => done(link));
  });
}

/** A colour of ours in numbers. @param {string} name @param {boolean} isLight */
function plain(name, isLight) {
  const probe = document.createElement("i");
  probe.style.colorScheme = isLight ? "light" : "dark";
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** @param {ThemeManager} manager */
export function addThemes(manager) {
  const paper = styled("face/paper.css");
  for (const file of ["face/colours.css", "lesson.css"]) void styled(file);
  const { style } = document.body;
  for (const { name, own, isLight } of THEMES) {
    /** @type {HTMLLinkElement} */
    let link;
    manager.register({
      name,
      isLight,
      themeScrollbars: false,
      load: async () => {
        await manager.loadCSS(`@jupyterlab/${own}/index.css`);
        await paper;
        link = await styled("theme.css");
        for (const [theirs, ours] of Object.entries(PLAIN)) {
          style.setProperty(theirs, plain(ours, isLight));
        }
      },
      unload: () => {
        link.remove();
        Object.keys(PLAIN).forEach((theirs) => style.removeProperty(theirs));
        return Promise.resolve();
      },
    });
  }
}
