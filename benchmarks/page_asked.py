"""What is asked of a model in a page: the same of each way to calculate there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np
from playwright.sync_api import Browser

from benchmarks.in_chromium import Served, opened, page_megabytes
from llm_lessons.language_model import LanguageModel
from llm_lessons.model.transformer import forward

IN_PAGE = Path(__file__).with_name("in_page")
CLOSE = 1e-3  # how far a score may lie from the engine's
START = "Once upon a time"
TEXT = f"{START} there was a fox."
LONG, COUNT, TURNS = 128, 40, 3  # tokens read, tokens of a text, texts of a round
CHECKED = 3  # tokens of a text whose scores are compared; each has 49,152


@dataclass(frozen=True)
class Side:
    """One row of the table.

    Attributes:
        name: as the table says it.
        module: in `in_page`.
        slowed: how many times the page's processor is.
    """

    name: str
    module: str
    slowed: int = 1


class Pages:
    """Fresh pages, in which a side is asked for something.

    Args:
        browser: in which they open.
        served: what they are given.
        address: of the server.
        lm: the model.

    Attributes:
        megabytes: what the last page held in the end.
    """

    def __init__(
        self, browser: Browser, served: Served, address: str, lm: LanguageModel
    ):
        self._browser, self._served, self._address = browser, served, address
        prompt, much = lm.encode(START), lm.encode(TEXT * 17)
        self.prompts = [prompt, prompt[:1], much[:40], much[:LONG]]
        self.megabytes = 0.0
        self._asked = {
            "config": {**vars(lm.config)},
            "prompt": prompt,
            "long": much[:LONG],
            "texts": {
                ",".join(map(str, ids)): lm.tokenizer.decode([*ids])
                for ids in (prompt, much[:LONG])
            },
            "stops": list(lm.tokenizer.stops),
            "count": COUNT,
            "turns": TURNS,
        }

    def ask(self, side: Side, what: str, *more: Any, **settings: Any) -> Any:
        """Call one of measure.js's functions for a side, in a page of its own."""
        module = f"/page/{side.module}.js"
        asked = {**self._asked, "side": module, **settings}
        address = f"{self._address}/made/page.html"
        with opened(self._browser, address, side.slowed) as page:
            found = page.evaluate(
                f"""async (asked) => {{
                  const side = await import("/page/measure.js");
                  return side.{what}(...asked);
                }}""",
                [asked, *more],
            )
            self.megabytes = page_megabytes()
            return found


def check_agreement(pages: Pages, side: Side, lm: LanguageModel) -> float:
    """Stop unless a side is the same function; how far its scores lie at the most.

    Every score on the way of greedy texts is compared, so the cache is tried, too.
    """
    furthest = 0.0
    found = pages.ask(side, "greedy", pages.prompts, count=CHECKED)
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
