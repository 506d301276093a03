"""SmolLM2 in a page, by `llm_lessons/web/engine` from its GGUF file: speed and memory.

Chromium opens a page of this machine's, which fetches the file; and once more on a
processor slowed 4 times, as on a phone. Before anything is timed, the scores have to be
those of the model in Python at every token of some texts. Beside it runs wllama, which
is llama.cpp; it gives no scores, so its likeliest text has to begin as ours.
"""

import json
import tempfile
from pathlib import Path

from benchmarks import common
from benchmarks.in_chromium import EMPTY, SLOWED, Served, chromium, serving, shown
from benchmarks.page_asked import IN_PAGE, LONG, START, Pages, Side, check_agreement
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load, smollm2_path

MODULES = common.ROOT / "build" / "in_page" / "node_modules"  # npm's
WLLAMA = "@wllama/wllama"
OURS, PEER = Side("llm_lessons", "smollm2"), Side("wllama", "wllama")
SLOW = Side(f"llm_lessons, slowed {SLOWED} times", "smollm2", slowed=SLOWED)
SIDES = (OURS, PEER, SLOW)
FASTER = "ours is faster, times"
Rounds = dict[Side, list[list[float]]]  # a round: what measure.js gives, and memory
BEGUN = 8  # tokens of wllama's text; it rounds otherwise, so later ones may part


def check_text(pages: Pages, lm: LanguageModel) -> None:
    """Stop unless wllama's likeliest text begins as that of the model in Python."""
    own = lm.generate(START, BEGUN, temperature=0)
    text = pages.ask(PEER, "said", BEGUN)
    if text != own:
        raise SystemExit(f"{PEER.name} goes on with {text!r}; in Python: {own!r}.")


def rows_of(found: Rounds) -> list[list[str]]:
    """The table's lines."""
    rows = []
    for side, rounds in found.items():
        first, drawing, reading, held = map(list, zip(*rounds, strict=True))

        def faster(i: int, side: Side = side) -> str:
            if side is not PEER:
                return ""
            both = {
                one.name: [1 / rates[i] for rates in found[one]] for one in (OURS, PEER)
            }
            return common.times_faster(both, OURS.name, PEER.name)

        drawn, read = shown(drawing, "tokens/s"), shown(reading, "tokens/s")
        times = [shown(first, "ms"), drawn, faster(1), read, faster(2)]
        rows.append([side.name, *times, shown(held, "MB")])
    return rows


def wllama_version() -> str:
    """Of the peer's package."""
    return json.loads((MODULES / WLLAMA / "package.json").read_text())["version"]


def main() -> None:
    """Measure, and print the table."""
    asked = common.arguments(__doc__, rounds=5).parse_args()
    if not MODULES.is_dir():
        raise SystemExit(f"No {MODULES}: README.md says how it is filled.")
    lm, file = load("smollm2"), smollm2_path()
    found: Rounds = {side: [] for side in SIDES}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        scratch = Path(folder)
        (scratch / "page.html").write_text(EMPTY, encoding="ascii")
        served = Served(
            {
                "made": scratch,
                "model": file.parent,
                "page": IN_PAGE,
                "peers": MODULES,
                "web": common.ROOT / "llm_lessons" / "web",
            }
        )
        with serving(served) as address:
            pages = Pages(browser, served, address, lm)
            far = check_agreement(pages, OURS, lm)
            check_text(pages, lm)
            for _ in range(asked.rounds):
                for side in SIDES:
                    times = pages.ask(side, "measure")
                    found[side].append([*times, pages.megabytes])
        version = f"Chromium {browser.version}"
    head = ["", "fetched, opened, first probabilities", "drawing", FASTER]
    head += [f"reading {LONG} tokens", FASTER, "memory"]
    size = f"The file has {file.stat().st_size / 1e6:.1f} MB."
    agree = f"All scores lie within {far:.1e} of those in Python."
    about = common.machine(version, f"{WLLAMA} {wllama_version()}")
    parts = [about, common.table(head, rows_of(found)), f"{size} {agree}"]
    common.publish("real_in_page", "\n\n".join(parts), asked.record)


if __name__ == "__main__":
    main()
