"""How fast Fjord answers: one token, one text, 128 texts together.

Measured by turns against the same weights in plain PyTorch, eager and compiled.
"""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks import common
from llm_lessons.decoding.sampling import Settings
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import load_folder
from llm_lessons.serving.generate import generate
from llm_lessons.serving.prefill import next_logits

PROMPT = 40  # tokens, the start token among them
CALLS = 50  # forward passes timed together
TYPED = 64  # tokens up to which a prompt grows while it is typed
LENGTHS = {1: 200, 128: 100}  # tokens drawn, for each number of texts
TEXT = (
    "Once upon a time there was a ferry in a little town by the fjord. Every morning "
    "it took the children to school, and in the evening it took the baker home. "
)
MODES = ("eager", "compiled")
NO_STOP = -1  # no token ends a text, so that all runs have one length
Prompts = list[list[int]]


class Engine:
    """Our side of the comparison, from token ids to token ids."""

    def __init__(self, lm: LanguageModel):
        self.params, self.config = lm.params, lm.config

    def logits(self, prompt: list[int]) -> np.ndarray:
        """Scores after a prompt."""
        return np.asarray(next_logits(self.params, prompt, self.config))

    def generate(self, prompts: Prompts, count: int, temperature: float) -> Prompts:
        """Continue prompts by `count` tokens."""
        settings, limits = Settings(temperature=temperature), [count] * len(prompts)
        return generate(self.params, prompts, self.config, settings, limits, (NO_STOP,))


def seconds_of(function: Callable[[], object], calls: int = 1) -> float:
    """Seconds that a number of calls take."""
    began = time.perf_counter()
    for _ in range(calls):
        function()
    return time.perf_counter() - began


def check_agreement(engine: Engine, peer: common.Peer, prompt: list[int]) -> None:
    """Stop unless both sides are the same function: scores, and a greedy text."""
    greedy = {"prompts": [prompt], "count": 32, "temperature": 0.0}
    for mode in MODES:
        theirs = np.array(peer.ask("logits", mode=mode, prompt=prompt))
        furthest = np.abs(theirs - engine.logits(prompt)).max()
        if furthest > 1e-3:
            raise SystemExit(f"PyTorch ({mode}): scores differ by {furthest:.2g}.")
        if peer.ask("generate", mode=mode, **greedy) != engine.generate(**greedy):
            raise SystemExit(f"PyTorch ({mode}): the greedy texts differ.")


def compare(
    peer: common.Peer, rounds: int, ours: dict[str, Callable[[], float]], **request
) -> tuple[common.Seconds, str]:
    """Time our sides and the peer's modes by turns.

    PyTorch gets one thread or one a core, whichever makes it faster; for each mode, the
    number is returned too.
    """
    sides, chosen = dict(ours), []
    for mode in MODES:
        ask = partial(peer.ask, mode=mode, **request)
        trial = {}
        for threads in (1, common.CORES):
            ask(threads=threads)  # compiles
            trial[threads] = min(ask(threads=threads) for _ in range(2))
        chosen.append(min(trial, key=lambda threads: trial[threads]))
        sides[mode] = partial(ask, threads=chosen[-1])
    for side in ours.values():
        side()  # compiles
    return common.take_turns(sides, rounds), " and ".join(map(str, chosen))


def row(
    question: str,
    seconds: common.Seconds,
    ours: str,
    show: Callable[[float], str],
    more: str,
) -> list[str]:
    """One line of the first table: medians, and how many times faster ours is."""
    return [
        question,
        *(show(float(np.median(seconds[side]))) for side in (ours, *MODES)),
        *(common.times_faster(seconds, ours, mode) for mode in MODES),
        more,
    ]


def latency_rows(lm: LanguageModel, peer: common.Peer, rounds: int) -> list[list[str]]:
    """Milliseconds to the scores for the next token: from ids, text, and while typing.

    Typing is a prompt that grows from one token to 64, each length once: ours is padded
    to a few sizes, so a single length might be one that suits it.
    """
    engine, ids = Engine(lm), lm.encode(TEXT * 2)
    check_agreement(engine, peer, ids[:PROMPT])

    def rows(prompts: Prompts, names: dict[str, str]) -> list[list[str]]:
        texts = [lm.tokenizer.decode(prompt) for prompt in prompts]
        ours = {
            "ids": lambda: seconds_of(lambda: [engine.logits(p) for p in prompts]),
            "text": lambda: seconds_of(lambda: [lm.logits(text) for text in texts]),
        }
        ours = {side: ours[side] for side in names}
        seconds, threads = compare(
            peer, rounds, ours, do="time_logits", prompts=prompts
        )

        def show(taken: float) -> str:
            return f"{1000 * taken / len(prompts):.2f} ms"

        return [row(names[side], seconds, side, show, threads) for side in names]

    fixed = f"next token after {PROMPT} tokens"
    names = {"ids": f"{fixed}, from ids", "text": f"{fixed}, `lm.logits(text)`"}
    typed = {"ids": f"next token while typing, after 1 to {TYPED} tokens, mean"}
    growing = [ids[:length] for length in range(1, TYPED + 1)]
    return rows([ids[:PROMPT]] * CALLS, names) + rows(growing, typed)


def speed_row(
    lm: LanguageModel, peer: common.Peer, rounds: int, batch: int, count: int
) -> list[str]:
    """Tokens a second of a batch."""
    engine = Engine(lm)
    ids = lm.tokenizer.encode(TEXT * 6)
    prompts = [[lm.tokenizer.stops[0], *ids[i:][: PROMPT - 1]] for i in range(batch)]
    what = {"prompts": prompts, "count": count, "temperature": 1.0}
    ours = {"ours": lambda: seconds_of(lambda: engine.generate(**what))}
    seconds, threads = compare(peer, rounds, ours, do="time_generate", **what)

    def show(taken: float) -> str:
        return f"{batch * count / taken:,.0f} tokens/s"

    texts = "1 text" if batch == 1 else f"{batch} texts"
    question = f"{texts}, {PROMPT} tokens read and {count} drawn at temperature 1"
    return row(question, seconds, "ours", show, threads)


def main() -> None:
    """Measure, and print the table."""
    parser = common.arguments(__doc__, rounds=9)
    parser.add_argument("--peers", type=Path, required=True, help="PyTorch's Python")
    parser.add_argument("--folder", type=Path, default=DATA / "fjord", help="weights")
    asked = parser.parse_args()
    lm = load_folder(asked.folder)
    with common.Peer(asked.peers) as peer:
        peer.ask("load", folder=str(asked.folder.resolve()))
        rows = latency_rows(lm, peer, asked.rounds)
        for batch, count in LENGTHS.items():
            rows.append(speed_row(lm, peer, asked.rounds, batch, count))
        about = common.machine(f"PyTorch {peer.ask('version')}")
    head = ["", "llm_lessons", "PyTorch", "compiled", "times faster than PyTorch"]
    head += ["than compiled", "PyTorch's threads"]
    text = f"{about}\n\n{common.table(head, rows)}"
    common.publish("engine", text, asked.record)


if __name__ == "__main__":
    main()
