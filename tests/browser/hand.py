"""A learner's hand in JupyterLab: it touches each control, and Shift+Enter goes on."""

from dataclasses import dataclass

from playwright.sync_api import ElementHandle, Page

TOYS = ".jp-Notebook .jp-Cell-outputWrapper .ll-widget"
CONTROLS = f"""{TOYS} :is(button, input, select, textarea, summary, a[href],
  [tabindex="0"])"""
NEXT = ".jp-Notebook .jp-Cell:has(.ll-widget) > .ll-next button"
# From now on each button that a key presses and each cell that runs is counted.
WATCH = """() => {
  window.seen = { presses: 0, runs: 0 };
  document.addEventListener('click', ({ detail }) => {
    if (!detail) window.seen.presses += 1;  // by a key, not by the mouse
  }, true);
  for (const cell of document.querySelectorAll('.jp-Notebook .jp-CodeCell')) {
    new MutationObserver(() => {
      if (cell.classList.contains('ll-running')) window.seen.runs += 1;
    }).observe(cell, { attributeFilter: ['class'] });
  }
}"""
CELLS = "[...document.querySelectorAll('.jp-Notebook .jp-Cell')]"
HOME = f"node => {CELLS}.indexOf(node.closest('.jp-Cell'))"
# The cell behind another one, without those that a closed door hides.
BEHIND = f"""at => {{
  const cells = {CELLS};
  const next = cells.findIndex((one, i) =>
    i > at && !one.classList.contains('lm-mod-hidden'));
  return next < 0 ? at : next;
}}"""
NOW = f"""() => ({{
  ...window.seen,
  active: {CELLS}.findIndex(one => one.classList.contains('jp-mod-active')),
  toys: document.querySelectorAll('{TOYS}[data-touched]').length,
}})"""


@dataclass(frozen=True)
class Walk:
    """What came of a walk: how many controls were touched, and what went wrong."""

    touched: int
    troubles: list[str]


def walk(page: Page) -> Walk:
    """Put the hand on each control of an open notebook, and press Shift+Enter there.

    Then beside the controls of each toy, and then each button Next.
    """
    page.evaluate(
        f"document.querySelectorAll('{TOYS}').forEach(one => one.dataset.touched = '')"
    )
    page.evaluate(WATCH)
    toys = len(page.query_selector_all(TOYS))
    troubles: list[str] = []
    touched = 0

    def goes_on(node: ElementHandle, way: str) -> None:
        at = page.evaluate(HOME, node)
        expected = page.evaluate(BEHIND, at)
        now = page.evaluate(NOW)
        wrong = {
            f"is at {now['active']}, not at {expected}": now["active"] != expected,
            "pressed a button": now["presses"] > 0,
            "ran a cell": now["runs"] > 0,
            "lost a toy": now["toys"] != toys,
        }
        troubles.extend(
            f"{way} of cell {at}: {name}" for name, is_so in wrong.items() if is_so
        )
        page.evaluate("window.seen = { presses: 0, runs: 0 }")

    for node in page.query_selector_all(CONTROLS):
        if not node.is_visible() or node.is_disabled():
            continue
        node.focus()
        page.keyboard.press("Shift+Enter")
        goes_on(node, "Shift+Enter in " + node.evaluate("one => one.outerHTML")[:90])
        touched += 1
    for node in page.query_selector_all(TOYS):
        if not node.is_visible():
            continue
        node.scroll_into_view_if_needed()
        node.click(position={"x": 1, "y": 1}, force=True)
        page.keyboard.press("Shift+Enter")
        goes_on(node, "Shift+Enter beside a control")
    for node in page.query_selector_all(NEXT):
        if node.is_visible():
            node.click()
            goes_on(node, "Next")
    return Walk(touched, troubles)


def goes_on_from_everywhere(page: Page) -> None:
    """The walk of a lesson meets its controls, and no trouble."""
    walked = walk(page)
    assert walked.touched > 3 and not walked.troubles, walked
