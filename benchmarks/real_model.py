"""How fast SmolLM2 runs: against transformers, llama.cpp, and the memory's own speed.

Every side is a process of its own with as many threads as cores, and all are asked by
turns. Decoding and prefill take the likeliest token, so that all do the same work.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from benchmarks import bandwidth, common
from llm_lessons import SMOLLM2_135M, count_parameters
from llm_lessons.language_model.loading import smollm2_path

MODULE = "benchmarks.real_sides"
F32 = common.ROOT / "build" / "parity" / "smollm2-f32.gguf"
LARGE = 2**30  # bytes: more than a cache holds
DRAWN, READ = 128, 256  # tokens
TEXT = (
    "The harbour lay quiet in the morning, and the boats rocked gently on their ropes. "
    "An old woman with a basket counted the steps from her door to the market. "
)
OURS, HUGGING_FACE = "llm_lessons", "transformers"
PACKED, FULL = "llama.cpp, Q4_1", "llama.cpp, F32"


def start(side: str, peers: Path, **more) -> common.Peer:
    """One side's process, not loaded yet."""
    python = sys.executable if side == OURS else peers
    return common.Peer(python, MODULE, side.split(",")[0], **more)


def file_of(side: str) -> str:
    """The GGUF file that a side reads."""
    return str(F32 if side == FULL else smollm2_path())


def check_agreement(sides: dict[str, common.Peer], ids: list[int]) -> dict[str, str]:
    """How many greedy tokens are ours; all of them in transformers, or stop."""
    own = sides[OURS].ask("decode", ids=ids, count=DRAWN)
    same = {}
    for name, side in sides.items():
        theirs = side.ask("decode", ids=ids, count=DRAWN)
        pairs = enumerate(zip(own, theirs, strict=True))
        parted = next((i for i, (a, b) in pairs if a != b), DRAWN)
        same[name] = f"{parted} of {DRAWN}"
    if same[HUGGING_FACE] != same[OURS]:
        raise SystemExit(f"transformers writes another text after {same[HUGGING_FACE]}")
    return same


def speeds(
    sides: dict[str, common.Peer], do: str, rounds: int, **what
) -> common.Seconds:
    """Seconds of every side by turns, once it has done it before."""
    ask: dict[str, Callable[[], float]] = {
        name: partial(side.ask, do, **what) for name, side in sides.items()
    }
    for one in ask.values():
        one()
    return common.take_turns(ask, rounds)


def speed_table(
    sides: dict[str, common.Peer], ids: list[int], rounds: int
) -> tuple[str, str]:
    """Decoding and prefill of all sides; and our share of the memory's limit."""
    same = check_agreement(sides, ids[:8])
    decode = speeds(sides, "time_decode", rounds, ids=ids[:8], count=DRAWN)
    prefill = speeds(sides, "time_prefill", rounds, ids=ids[:READ])
    rows = [
        [
            name,
            f"{DRAWN / statistics.median(decode[name]):.1f} tokens/s",
            "" if name == OURS else common.times_faster(decode, OURS, name),
            f"{READ / statistics.median(prefill[name]):,.0f} tokens/s",
            "" if name == OURS else common.times_faster(prefill, OURS, name),
            f"{side.ask('peak_memory') / 1e9:.2f} GB",
            same[name],
        ]
        for name, side in sides.items()
    ]
    head = [
        "",
        "decode",
        "ours is faster, times",
        "prefill",
        "ours is faster, times",
        "peak memory",
        "same greedy tokens",
    ]
    speed = bandwidth.in_fresh_process(LARGE, common.CORES)
    step = statistics.median(decode[OURS]) / DRAWN
    # Every weight is read for every token: the tied head is the embedding.
    weights = 4 * count_parameters(SMOLLM2_135M)
    limit = weights / speed
    share = (
        f"A step reads {weights / 1e6:.0f} MB of weights; {common.CORES} threads read "
        f"{speed / 1e9:.1f} GB/s, so it takes {1000 * limit:.1f} ms at the least. Ours "
        f"takes {1000 * step:.1f} ms: {100 * limit / step:.0f} % of the limit."
    )
    return common.table(head, rows), share


def sampling_share(ours: common.Peer, ids: list[int], rounds: int) -> str:
    """What drawing costs a step: temperature 1 with top-p, against the likeliest."""
    draws = {
        "the likeliest": {},
        "temperature 1": {"temperature": 1.0},
        "temperature 1, top-p 0.9": {"temperature": 1.0, "top_p": 0.9},
    }
    what = {"ids": ids[:8], "count": DRAWN}
    sides = {
        name: partial(ours.ask, "time_decode", **what, **draw)
        for name, draw in draws.items()
    }
    for side in sides.values():
        side()
    seconds = common.take_turns(sides, 2 * rounds)
    plain = statistics.median(seconds["the likeliest"])
    told = [
        f"{name}: {100 * (statistics.median(taken) / plain - 1):.1f} %"
        for name, taken in seconds.items()
        if name != "the likeliest"
    ]
    return f"Drawing adds to a decode step, over all tokens: {'; '.join(told)}."


def first_tokens(peers: Path, ids: list[int], rounds: int) -> str:
    """Seconds from the call of `load`, in a fresh process, to the first token."""
    states = (f"{OURS}, nothing compiled yet", f"{OURS}, compiled before")
    names = [*states, HUGGING_FACE, PACKED, FULL]
    taken: dict[str, list[list[float]]] = {name: [] for name in names}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            for name in names:
                side = OURS if name in states else name
                with start(side, peers, env=common.compiled_in(folder)) as process:
                    load = process.ask("load", file=file_of(side))
                    first = process.ask("time_decode", ids=ids[:8], count=1)
                    taken[name].append([load, first])
    rows = []
    for name, runs in taken.items():
        load, first = (statistics.median(part) for part in zip(*runs, strict=True))
        both = statistics.median(map(sum, runs))
        rows.append([name, f"{load:.1f} s", f"{first:.1f} s", f"{both:.1f} s"])
    return common.table(["", "load, imports included", "first token", "together"], rows)


def main() -> None:
    """Measure, and print the tables."""
    parser = common.arguments(__doc__, rounds=5)
    parser.add_argument("--peers", type=Path, required=True, help="the peers' Python")
    asked = parser.parse_args()
    if not F32.exists():
        F32.parent.mkdir(parents=True, exist_ok=True)
        command = [asked.peers, "-m", "benchmarks.real_f32", smollm2_path(), F32]
        subprocess.run(command, cwd=common.ROOT, check=True)
    with ExitStack() as stack:
        sides = {
            name: stack.enter_context(start(name, asked.peers))
            for name in (OURS, HUGGING_FACE, PACKED, FULL)
        }
        for name, side in sides.items():
            side.ask("load", file=file_of(name))
        ids = sides[OURS].ask("encode", text=TEXT * 12)
        speed, share = speed_table(sides, ids, asked.rounds)
        drawing = sampling_share(sides[OURS], ids, asked.rounds)
    first = first_tokens(asked.peers, ids, 3)
    parts = [common.machine(), speed, share, drawing, first]
    common.publish("real_model", "\n\n".join(parts), asked.record)


if __name__ == "__main__":
    main()
