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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np
from playwright.sync_api import Browser, sync_playwright

from benchmarks.common import (
    ROOT,
    SETTLE,
    arguments,
    machine,
    publish,
    table,
    times_faster,
)
from benchmarks.in_the_page import shown
from benchmarks.page_files import Served, make_files, serving, sizes
from llm_lessons.language_model import LanguageModel
from llm_lessons.loading import load
from llm_lessons.model.transformer import forward
from llm_lessons.pages.printing import find_browser
from llm_lessons.paths import DATA
from tests.browser.conftest import ARGUMENTS

IN_PAGE = Path(__file__).with_name("in_page")
CLOSE = 1e-3  # how far a score may lie from the engine's
LONG = 240  # tokens that are read
COUNT, TURNS = 200, 5  # tokens of a text, and texts of a round
TEXT = "Once upon a time there was a fox."
PATIENCE = 300_000  # milliseconds for one page


@dataclass(frozen=True)
class Side:
    """One row of the table.

    Attributes:
        name: as the table says it.
        module: in `in_page`.
        threads: that it may take. More than one only where the page is isolated from
            all others, which the server has to ask for.
        package: the peer's, whose version is told.
    """

    name: str
    module: str
    threads: int = 1
    package: str = ""


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
Sizes = tuple[int, int]  # bytes, as they lie there and as a server would pack them


class Pages:
    """Fresh pages, in which a side is asked for something.

    Args:
        browser: in which they open.
        served: what they are given.
        address: of the server.
        lm: the model.
    """

    def __init__(
        self, browser: Browser, served: Served, address: str, lm: LanguageModel
    ):
        self._browser, self._served, self._address = browser, served, address
        prompt, long = lm.encode("Once upon a time"), lm.encode(TEXT * 17)
        self.prompts = [prompt, prompt[:1], long[:40], long[:LONG]]
        self._asked = {
            "config": {**vars(lm.config)},
            "prompt": prompt,
            "long": long[:LONG],
            "stops": list(lm.tokenizer.stops),
            "count": COUNT,
            "turns": TURNS,
        }

    def ask(self, side: Side, what: str, *more: Any, **settings: Any) -> Any:
        """Call one of measure.js's functions for a side, in a page of its own."""
        self._served.isolated = side.threads > 1
        self._served.files.clear()
        module = f"/page/{side.module}.js"
        asked = {**self._asked, "side": module, "threads": side.threads, **settings}
        with self._browser.new_context() as context:
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(f"{self._address}/made/page.html")
            isolated = page.evaluate("crossOriginIsolated")
            if isolated is not self._served.isolated:
                raise SystemExit("Chromium didn't isolate the page as it was asked to.")
            return page.evaluate(
                f"""async (asked) => {{
                  const side = await import("/page/measure.js");
                  return side.{what}(...asked);
                }}""",
                [asked, *more],
            )

    def loaded(self) -> Sizes:
        """Of what the last page was given, but for the page itself; each file once."""
        files = dict.fromkeys(self._served.files)
        both = [sizes(path) for path in files if path.suffix != ".html"]
        return sum(plain for plain, _ in both), sum(packed for _, packed in both)


def check_agreement(pages: Pages, side: Side, lm: LanguageModel) -> float:
    """Stop unless a side is the same function; how far its scores lie at the most.

    Every score on the way of greedy texts is compared, so the cache is tried, too.
    """
    furthest = 0.0
    found = pages.ask(side, "greedy", pages.prompts, count=40)
    for prompt, text in zip(pages.prompts, found, strict=True):
        tokens = jnp.array([prompt + text["tokens"]])
        expected = np.asarray(forward(lm.params, tokens, lm.config))[0]
        expected = expected[len(prompt) - 1 : -1]
        scores = np.array(text["logits"])
        if scores.shape != expected.shape:
            raise SystemExit(f"{side.name}: scores of shape {scores.shape}.")
        difference = np.abs(scores - expected).max()
        if not difference <= CLOSE:
            raise SystemExit(f"{side.name}: scores differ by {difference:.2g}.")
        if expected.argmax(axis=-1).tolist() != text["tokens"]:
            raise SystemExit(f"{side.name}: the greedy texts differ.")
        furthest = max(furthest, float(difference))
    return furthest


def measure(
    pages: Pages, sides: Sequence[Side], rounds: int
) -> tuple[Rounds, dict[Side, Sizes]]:
    """Each side once a round, there and back again; and what its pages were given."""
    found: Rounds = {side: [] for side in sides}
    loaded: dict[Side, Sizes] = {}
    for i in range(rounds):
        for side in sides if i % 2 == 0 else reversed(sides):
            time.sleep(SETTLE)
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
        return times_faster(both, OURS.name, side.name)

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
    parser = arguments(__doc__, rounds=5)
    parser.add_argument(
        "--peers", type=Path, required=True, help="the Python that has onnx"
    )
    parser.add_argument(
        "--modules", type=Path, default=ROOT / "build" / "in_page" / "node_modules"
    )
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
                "web": ROOT / "llm_lessons" / "web",
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
    lines = table(head, list(rows_of(found, loaded)))
    agree = f"All scores lie within {far:.1e} of the engine's in Python."
    publish("page_peers", f"{machine(*versions)}\n\n{lines}\n\n{agree}", asked.record)


if __name__ == "__main__":
    main()
