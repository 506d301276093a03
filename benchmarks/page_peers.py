"""The class model in a page, beside other ways to calculate there: speed and size.

Ours (`llm_lessons/web/engine`) and its peers get the same weights, in the same
Chromium, from the same server on this machine, each in a fresh page; the loop that
draws is the same (`in_page/measure.js`). Before anything is timed, each side has to
give the engine's scores to 1e-3 at every token of some texts that it draws itself.
"""

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import common
from benchmarks.in_the_page import shown
from benchmarks.page_asked import IN_PAGE, Pages, Side, Sizes, check_agreement
from benchmarks.page_files import Served, make_files, serving
from llm_lessons.loading import load
from llm_lessons.pages.printing import find_browser
from llm_lessons.paths import DATA
from tests.browser.conftest import ARGUMENTS

OURS = Side("llm_lessons", "ours")
SIDES = (
    OURS,
    Side("onnxruntime-web, 1 thread", "onnxruntime", 1, "onnxruntime-web"),
    Side("onnxruntime-web, 2 threads", "onnxruntime", 2, "onnxruntime-web"),
    Side("transformers.js, 1 thread", "transformers", 1, "@huggingface/transformers"),
    Side("transformers.js, 2 threads", "transformers", 2, "@huggingface/transformers"),
    Side("jax-js, 1 thread", "jax", 1, "@jax-js/jax"),
    Side("jax-js, 2 threads", "jax", 2, "@jax-js/jax"),
)


Rounds = dict[Side, list[list[float]]]  # a round: what measure.js gives


def measure(
    pages: Pages, sides: Sequence[Side], rounds: int
) -> tuple[Rounds, dict[Side, Sizes]]:
    """Each side once a round, there and back again; and what its pages were given."""
    found: Rounds = {side: [] for side in sides}
    loaded: dict[Side, Sizes] = {}
    for i in range(rounds):
        for side in sides if i % 2 == 0 else reversed(sides):
            time.sleep(common.SETTLE)
            found[side].append(pages.ask(side, "measure"))
            loaded[side] = pages.loaded()
    return found, loaded


def rows_of(found: Rounds, loaded: dict[Side, Sizes]) -> Iterator[list[str]]:
    """The table's lines."""

    def times(i: int, side: Side) -> str:
        if side is OURS or OURS not in found:
            return ""
        both = {
            one.name: [1 / rates[i] for rates in found[one]] for one in (OURS, side)
        }
        return common.times_faster(both, OURS.name, side.name)

    for side, rounds in found.items():
        first, drawing, reading = map(list, zip(*rounds, strict=True))
        yield [
            side.name,
            *(f"{size / 1e6:.1f} MB" for size in loaded[side]),
            shown(first, "ms"),
            shown(drawing, "tokens/s"),
            times(1, side),
            shown(reading, "tokens/s"),
            times(2, side),
        ]
    why = "not measured: Chromium is started without a graphics card"
    yield ["the three peers on WebGPU", why, *[""] * 6]


def versions_of(sides: Sequence[Side], modules: Path) -> Iterator[str]:
    """The peers' packages, each with its version."""
    for package in dict.fromkeys(side.package for side in sides if side.package):
        about = json.loads((modules / package / "package.json").read_text())
        yield f"{package} {about['version']}"


def main() -> None:
    """Measure, and print the table."""
    parser = common.arguments(__doc__, rounds=5)
    parser.add_argument(
        "--peers", type=Path, required=True, help="the Python that has onnx"
    )
    parser.add_argument("--modules", type=Path, default=common.MODULES)
    parser.add_argument("--only", default="", help="sides with this in their names")
    asked = parser.parse_args()
    if not asked.modules.is_dir():
        raise SystemExit(f"No {asked.modules}: README.md says how it is filled.")
    lm = load("fjord")
    sides = [side for side in SIDES if asked.only in side.name]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        scratch = Path(folder)
        make_files(lm, scratch, asked.peers)
        served = Served(
            {
                "data": DATA / "fjord",
                "made": scratch,
                "page": IN_PAGE,
                "peers": asked.modules,
                "web": common.ROOT / "llm_lessons" / "web",
            }
        )
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=ARGUMENTS
        )
        with serving(served) as address:
            pages = Pages(browser, served, address, lm)
            far = max(check_agreement(pages, side, lm) for side in sides)
            found, loaded = measure(pages, sides, asked.rounds)
        versions = [f"Chromium {browser.version}", *versions_of(sides, asked.modules)]
        browser.close()
    faster = "ours is faster, times"
    head = ["", "loaded", "packed by gzip", "to the first probabilities"]
    head += ["drawing", faster, "reading a prompt", faster]
    lines = common.table(head, list(rows_of(found, loaded)))
    agree = f"All scores lie within {far:.1e} of the engine's in Python."
    common.publish(
        "page_peers", f"{common.machine(*versions)}\n\n{lines}\n\n{agree}", asked.record
    )


if __name__ == "__main__":
    main()
