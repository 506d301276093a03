"""The class model in a page, beside other ways to calculate there: speed and size.

Ours (`llm_lessons/web/engine`) and its peers get the same weights, in the same
Chromium, from the same server on this machine, each in a fresh page; the loop that
draws is the same (`in_page/measure.js`). Before anything is timed, each side has to
give the engine's scores to 1e-3 at every token of some texts that it draws itself.
"""

import gzip
import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np
from playwright.sync_api import Browser, sync_playwright

from benchmarks.common import ROOT, arguments, machine, publish, table
from benchmarks.in_the_page import shown
from llm_lessons.language_model import LanguageModel
from llm_lessons.loading import load
from llm_lessons.model.config import ModelConfig
from llm_lessons.model.transformer import forward
from llm_lessons.pages.model_script import model_script
from llm_lessons.pages.printing import find_browser
from llm_lessons.paths import DATA
from tests.browser.conftest import ARGUMENTS

IN_PAGE = Path(__file__).with_name("in_page")
CLOSE = 1e-3  # how far a score may lie from the engine's
LONG = 240  # tokens that are read
COUNT, TURNS = 200, 5  # tokens of a text, and texts of a round
TEXT = "Once upon a time there was a fox."
PATIENCE = 300_000  # milliseconds for one page
PAGE = """<!DOCTYPE html>
<html lang="en"><link rel="icon" href="data:,"><title>Model</title>
"""
TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
}


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


SIDES = (
    Side("llm_lessons", "ours"),
    Side("onnxruntime-web, 1 thread", "onnxruntime", 1, "onnxruntime-web"),
    Side("onnxruntime-web, 2 threads", "onnxruntime", 2, "onnxruntime-web"),
    Side("transformers.js, 1 thread", "transformers", 1, "@huggingface/transformers"),
    Side("transformers.js, 2 threads", "transformers", 2, "@huggingface/transformers"),
    Side("jax-js, 1 thread", "jax", 1, "@jax-js/jax"),
    Side("jax-js, 2 threads", "jax", 2, "@jax-js/jax"),
)


@dataclass
class Served:
    """What the pages are given: folders by the first part of an address.

    Attributes:
        folders: by name.
        isolated: whether pages are told to keep apart from all others.
        files: that were sent since this was emptied.
    """

    folders: dict[str, Path]
    isolated: bool = False
    files: list[Path] = field(default_factory=list)


def handler(served: Served) -> type[SimpleHTTPRequestHandler]:
    """What answers the pages."""

    class Answer(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def guess_type(self, path: Any) -> str:
            return TYPES.get(Path(path).suffix) or super().guess_type(path)

        def translate_path(self, path: str) -> str:
            first, _, rest = path.split("?")[0].lstrip("/").partition("/")
            return str(served.folders.get(first, Path(os.devnull)) / rest)

        def send_head(self) -> Any:
            if (path := Path(self.translate_path(self.path))).is_file():
                served.files.append(path)
            return super().send_head()

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-store")
            if served.isolated:
                self.send_header("Cross-Origin-Opener-Policy", "same-origin")
                self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
            super().end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Answer


@contextmanager
def serving(served: Served) -> Iterator[str]:
    """A server on this machine alone; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(served)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def llama_config(config: ModelConfig) -> dict[str, Any]:
    """The model's sizes as transformers.js asks for them."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": config.vocab_size,
        "hidden_size": config.d_model,
        "num_hidden_layers": config.n_layers,
        "num_attention_heads": config.n_heads,
        "num_key_value_heads": config.n_kv_heads,
        "head_dim": config.d_head,
        "intermediate_size": config.d_ff,
        "rms_norm_eps": config.norm_eps,
        "rope_theta": config.rope_theta,
        "tie_word_embeddings": config.tie_embeddings,
        "max_position_embeddings": config.max_seq_len,
    }


def make_files(lm: LanguageModel, scratch: Path, python: Path) -> None:
    """The model as our script, and as the peers' file."""
    (scratch / "fjord.js").write_text(model_script(lm), encoding="ascii")
    (scratch / "page.html").write_text(PAGE, encoding="ascii")
    target = scratch / "model" / "onnx" / "model.onnx"
    target.parent.mkdir(parents=True)
    config = target.parents[1] / "config.json"
    config.write_text(json.dumps(llama_config(lm.config)), encoding="ascii")
    command = [python, "-m", "benchmarks.page_onnx", DATA / "fjord", target]
    subprocess.run(command, cwd=ROOT, check=True)


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

    def loaded(self) -> list[Path]:
        """The files that the last page was given, but for the page; each once."""
        files = dict.fromkeys(self._served.files)
        return [path for path in files if path.suffix != ".html"]


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


@cache
def sizes(path: Path) -> tuple[int, int]:
    """Bytes of a file, as it lies there and as a server would pack it."""
    content = path.read_bytes()
    return len(content), len(gzip.compress(content))


def row(
    side: Side, rounds: Sequence[list[float]], files: Sequence[Path], far: float
) -> list[str]:
    """One line of the table."""
    plain, packed = (sum(both) / 1e6 for both in zip(*map(sizes, files), strict=True))
    units = ("ms", "tokens/s", "tokens/s")
    return [
        side.name,
        f"{plain:.1f} MB",
        f"{packed:.1f} MB",
        *map(shown, map(list, zip(*rounds, strict=True)), units),
        f"{far:.0e}",
    ]


def measure(
    pages: Pages, lm: LanguageModel, sides: Sequence[Side], rounds: int
) -> list[list[str]]:
    """Have every side checked, then measured once a round, there and back again."""
    far = {side: check_agreement(pages, side, lm) for side in sides}
    found: dict[Side, list[list[float]]] = {side: [] for side in sides}
    files: dict[Side, list[Path]] = {}
    for i in range(rounds):
        for side in sides if i % 2 == 0 else reversed(sides):
            found[side].append(pages.ask(side, "measure"))
            files[side] = pages.loaded()
            print(side.name, found[side][-1], flush=True)
    return [row(side, found[side], files[side], far[side]) for side in sides]


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
            rows = measure(pages, lm, sides, asked.rounds)
        versions = [f"Chromium {browser.version}"]
        browser.close()
    for package in dict.fromkeys(side.package for side in sides if side.package):
        about = json.loads((asked.modules / package / "package.json").read_text())
        versions.append(f"{package} {about['version']}")
    head = ["", "loaded", "packed by gzip", "to the first probabilities", "drawing"]
    head += ["reading a prompt", "scores differ by"]
    publish("page_peers", f"{machine(*versions)}\n\n{table(head, rows)}", asked.record)


if __name__ == "__main__":
    main()
