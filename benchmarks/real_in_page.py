"""SmolLM2 in a page, by `llm_lessons/web/engine` from its GGUF file: speed and memory.

Chromium opens a page of this machine's, which fetches the file; and once more on a
processor slowed 4 times, as on a phone. Before anything is timed, the scores have to be
those of the model in Python at every token of some texts. All in one thread but for one
row: there, two share the file's memory.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.common import ROOT, arguments, machine, publish, table
from benchmarks.in_the_page import SLOWED, shown
from benchmarks.page_asked import IN_PAGE, Pages, Side, check_agreement
from benchmarks.page_files import PAGE, Served, serving
from llm_lessons.loading import load, smollm2_path
from llm_lessons.pages.printing import find_browser
from tests.browser.conftest import ARGUMENTS

SIDES = (
    Side("Chromium", "smollm2"),
    Side("Chromium, 2 threads", "smollm2", threads=2),
    Side(f"Chromium, slowed {SLOWED} times", "smollm2", slowed=SLOWED),
)
LONG, COUNT, TURNS = 128, 40, 3  # tokens read, tokens of a text, texts of a round
CHECKED = 3  # tokens of a text whose scores are compared; each has 49,152


def main() -> None:
    """Measure, and print the table."""
    asked = arguments(__doc__, rounds=5).parse_args()
    lm, file = load("smollm2"), smollm2_path()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        scratch = Path(folder)
        (scratch / "page.html").write_text(PAGE, encoding="ascii")
        served = Served(
            {
                "made": scratch,
                "model": file.parent,
                "page": IN_PAGE,
                "web": ROOT / "llm_lessons" / "web",
            }
        )
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=ARGUMENTS
        )
        found: dict[Side, list[list[float]]] = {side: [] for side in SIDES}
        with serving(served) as address:
            pages = Pages(browser, served, address, lm, LONG, COUNT, TURNS)
            far = max(check_agreement(pages, side, lm, CHECKED) for side in SIDES[:2])
            for _ in range(asked.rounds):
                for side in SIDES:
                    times = pages.ask(side, "measure")
                    found[side].append([*times, pages.megabytes])
        version = f"Chromium {browser.version}"
        browser.close()
    units = ("ms", "tokens/s", "tokens/s", "MB")
    rows = [
        [side.name, *map(shown, map(list, zip(*rounds, strict=True)), units)]
        for side, rounds in found.items()
    ]
    head = ["", "fetched, opened, first probabilities", "drawing"]
    head += [f"reading {LONG} tokens", "memory"]
    size = f"The file has {file.stat().st_size / 1e6:.1f} MB."
    agree = f"All scores lie within {far:.1e} of those in Python."
    text = f"{machine(version)}\n\n{table(head, rows)}\n\n{size} {agree}"
    publish("real_in_page", text, asked.record)


if __name__ == "__main__":
    main()
