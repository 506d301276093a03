"""The class model where there is no Python: in a page, by `llm_lessons/web/engine`.

The script that pages load (`pages/model_script.py`) runs in a fresh process of deno and
in a fresh page of Chromium, and there once more on a processor slowed 4 times, as on a
simple phone. Timed are: until the first probabilities stand there (reading the script,
opening the model, five tokens), texts of 200 tokens at temperature 1, and reading a
prompt of some 240 tokens.
"""

import json
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.common import arguments, machine, publish, table, take_turns
from benchmarks.in_chromium import EMPTY, SLOWED, chromium, opened, shown
from llm_lessons.language_model.loading import load
from llm_lessons.pages.model_script import model_script
from tests.web.in_deno import run

# Milliseconds to the first probabilities, tokens drawn a second, tokens read a second.
MEASURE = """(began) => {
  const lm = globalThis.llmLessonsModels.fjord.lm();
  const prompt = "Once upon a time";
  lm.logits(prompt);
  const first = performance.now() - began;
  const ids = lm.encode(prompt);
  const long = lm.encode(`${prompt} there was a fox.`.repeat(18));
  const draw = (seed) => [...lm.drawn(ids, { maxTokens: 200, seed })].length;
  const read = () => [...lm.drawn(long, { maxTokens: 1 })].length && long.length;
  const rate = (work) => {
    work(0);  // compiled by now
    let done = 0;
    const start = performance.now();
    for (let turn = 1; turn <= 5; turn += 1) done += work(turn);
    return 1000 * done / (performance.now() - start);
  };
  return [first, rate(draw), rate(read)];
}"""
IN_PAGE = f"""(address) => new Promise((done) => {{
  const began = performance.now();
  const script = document.createElement("script");
  script.src = address;
  script.onload = () => done(({MEASURE})(began));
  document.head.append(script);
}})"""


def in_deno(script: Path) -> list[float]:
    """What MEASURE finds in a fresh process."""
    path = json.dumps(str(script))
    done = run(
        "eval",
        "const began = performance.now();"
        f"(0, eval)(Deno.readTextFileSync({path}));"
        f"console.log(JSON.stringify(({MEASURE})(began)));",
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def in_page(browser: Browser, script: Path, slowed: int) -> list[float]:
    """What MEASURE finds in a fresh page that lies beside the script."""
    address = (script.parent / "page.html").as_uri()
    with opened(browser, address, slowed) as page:
        return page.evaluate(IN_PAGE, script.name)


def main() -> None:
    """Measure, and print the table."""
    asked = arguments(__doc__, rounds=5).parse_args()
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        script = Path(scratch) / "fjord.js"
        script.write_text(model_script(load("fjord")), encoding="ascii")
        (script.parent / "page.html").write_text(EMPTY, encoding="ascii")
        size = f"The script has {script.stat().st_size / 1e6:.1f} MB."
        sides = {
            "deno": lambda: in_deno(script),
            "Chromium": lambda: in_page(browser, script, 1),
            f"Chromium, slowed {SLOWED} times": lambda: in_page(
                browser, script, SLOWED
            ),
        }
        found = take_turns(sides, asked.rounds)
        version = f"Chromium {browser.version}"
    units = ("ms", "tokens/s", "tokens/s")
    rows = [
        [name, *map(shown, map(list, zip(*rounds, strict=True)), units)]
        for name, rounds in found.items()
    ]
    head = ["", "to the first probabilities", "drawing", "reading a prompt"]
    text = f"{machine(version)}\n\n{table(head, rows)}\n\n{size}"
    publish("in_the_page", text, asked.record)


if __name__ == "__main__":
    main()
