"""A lesson's page from a disk, as somebody meets it who types at once.

Chromium opens the page of lesson 4, with the class model beside it, in a fresh process,
and once more on a processor slowed 4 times, as on a simple phone. Timed are: from
opening until the bars of a text of one's own stand there, which is typed as soon as
there is a field for it; from a letter more to its bars; and the memory that the page's
own process holds in the end, beside what it shares with others.
"""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from benchmarks import common
from benchmarks.common import arguments, machine, page_megabytes, publish, table
from llm_lessons.pages import execution
from llm_lessons.pages.page import lesson, page
from llm_lessons.pages.printing import find_browser
from llm_lessons.pages.writing import write_models
from tests.browser.conftest import ARGUMENTS

NAME = "04_temperature"
SLOWED = 4
LETTERS = "small house"
FIRST = "Ida had a"
SETTLED = 500  # milliseconds, after which bars stay as they are
# Until the bars are of the text that was typed: one of them says so.
ANSWERED = """(before) => {
  const bars = document.querySelector(".ll-next-token .ll-bars");
  return document.body.dataset.answered && bars.innerText !== before;
}"""
BARS = "document.querySelector('.ll-next-token .ll-bars').innerText"


def write_page(folder: Path) -> Path:
    """The page and the model beside it."""
    write_models(folder)
    (path,) = (one for one in execution.lessons() if one.stem == NAME)
    one = lesson(NAME, execution.executed(path))
    file = folder / f"{NAME}.html"
    file.write_text(page(one.title, [one]), encoding="utf-8")
    return file


def meet(playwright: Playwright, file: Path, slowed: int) -> tuple[float, float, float]:
    """Seconds to the first bars, seconds from a key to its bars, and megabytes."""
    browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.set_default_timeout(120_000)
    if slowed > 1:
        devtools = tab.context.new_cdp_session(tab)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    began = time.perf_counter()
    tab.goto(file.as_uri(), wait_until="commit")
    field = tab.get_by_label("Text so far").first
    field.wait_for()
    before = tab.evaluate(BARS)
    field.fill(FIRST)
    tab.wait_for_function(ANSWERED, arg=before)
    first = time.perf_counter() - began
    pauses = []
    for letter in LETTERS:
        tab.wait_for_timeout(SETTLED)  # likely endings come a little later
        before = tab.evaluate(BARS)
        pressed = time.perf_counter()
        field.press(letter if letter != " " else "Space")
        tab.wait_for_function(ANSWERED, arg=before)
        pauses.append(time.perf_counter() - pressed)
    megabytes = page_megabytes()
    browser.close()
    return first, statistics.median(pauses), megabytes


def shown(numbers: list[float], unit: str, digits: int) -> str:
    """The median of the rounds, and their range."""
    middle, low, high = statistics.median(numbers), min(numbers), max(numbers)
    return f"{middle:,.{digits}f} {unit} ({low:,.{digits}f} to {high:,.{digits}f})"


def main() -> None:
    """Measure, and print the table."""
    asked = arguments(__doc__, rounds=5).parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = write_page(Path(folder))
        sides = {
            "Chromium": lambda: meet(playwright, file, 1),
            f"Chromium, slowed {SLOWED} times": lambda: meet(playwright, file, SLOWED),
        }
        found = common.take_turns(sides, asked.rounds)
        size = file.stat().st_size / 1e6
    units = (("s", 2), ("s", 2), ("MB", 0))
    rows = []
    for name, rounds in found.items():
        columns = zip(zip(*rounds, strict=True), units, strict=True)
        rows.append([name, *(shown(list(x), *unit) for x, unit in columns)])
    head = ["", "to the first bars of an own text", "from a key to its bars", "memory"]
    text = f"{machine()}\n\n{table(head, rows)}\n\nThe page has {size:.2f} MB."
    publish("lesson_page", text, asked.record)


if __name__ == "__main__":
    main()
