// What JupyterLab loads first: a container as webpack's module federation makes one,
// but written by hand, so that the browser reads the modules beside it as they are.

(() => {
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @type {unknown} */
  let shared;
  const page = /** @type {{ _JUPYTERLAB?: Record<string, unknown> }} */ (
    /** @type {unknown} */ (globalThis)
  );
  page._JUPYTERLAB ??= {};
  page._JUPYTERLAB["llm-lessons"] = {
    /** @param {unknown} scope JupyterLab's own modules, by name and version */
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const { plugins } = await import(new URL("plugins.js", src).href);
      const made = await plugins(shared);
      return () => ({ __esModule: true, default: made });
    },
  };
})();
