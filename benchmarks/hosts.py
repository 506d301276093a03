"""Training on one host and on two: measured here, and calculated for more.

The hosts are processes of this machine, with a device each, which talk over the
loopback address. Measured by turns: one process with one device, one with two, and two
with one each. From one host's time a step, the bytes that a step sends and the speed of
a network, a table of more hosts is calculated.

    .venv/bin/python -m benchmarks.hosts --record
"""

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import numpy as np

from benchmarks import common
from llm_lessons import count_parameters
from llm_lessons.training import Recipe, TokenStream, Trainer, hosts
from llm_lessons.weights import checkpoints
from start import KEEP_MEMORY
from tests.training.test_hosts import free_port

FJORD = checkpoints.read_config()
STEPS = 10  # a round
SIDES = {  # processes, and devices of each
    "1 process, 1 device": (1, 1),
    "1 process, 2 devices": (1, 2),
    "2 processes, 1 device each": (2, 1),
}
ALONE, ONE, TWO = SIDES
MATRICES = 0.2  # share of a step that orthogonalises matrices, split where it divides
NETWORKS = {"1 Gbit/s": 1e9, "10 Gbit/s": 1e10, "100 Gbit/s": 1e11}
MORE = (1, 2, 3, 4, 6)  # hosts of two devices


def serve(address: str, count: int, number: int, devices: int) -> None:
    """Train some steps for each line that comes, and answer with the seconds."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what C++ prints is no answer
    hosts.use(devices)
    if count > 1:
        hosts.join(address, count, number)
    recipe = Recipe()
    shape = (500 * recipe.rows, recipe.row_length + 1)
    walk = np.random.default_rng(0).integers(0, 8, shape).cumsum(axis=1)
    tokens = (walk % FJORD.vocab_size).astype(np.uint16)
    trainer = Trainer(FJORD, recipe, TokenStream(tokens, recipe.rows))
    for _ in sys.stdin:
        began = time.perf_counter()
        losses = [trainer.advance() for _ in range(STEPS)]
        loss = float(np.mean([float(one) for one in losses]))
        seconds = time.perf_counter() - began
        print(json.dumps({"seconds": seconds, "loss": loss}), file=out, flush=True)
    os._exit(0)  # without waiting for the others


def is_split(count: int) -> bool:
    """Whether so many hosts of two devices share out the layers evenly."""
    return FJORD.n_layers % (2 * count) == 0


def sent(count: int) -> float:
    """Bytes that each of so many hosts sends a step, in a ring.

    The gradient is summed up in float32 (a sum goes round twice), that of the embedding
    table for its two uses apart. Where the layers divide evenly, each hands on its
    share of the matrices' updates (once). The compiled program has the same sizes.
    """
    table_size = 4 * FJORD.vocab_size * FJORD.d_model
    gradient = 4 * count_parameters(FJORD) + table_size
    layers = gradient - 2 * table_size
    return (2 * gradient + layers * is_split(count)) * (count - 1) / count


def step(count: int, alone: float, network: float) -> float:
    """Seconds a step on so many hosts of two devices.

    Args:
        count: of hosts.
        alone: seconds on one of them.
        network: bits a second.
    """
    rows = Recipe().rows
    share = -(-rows // (2 * count)) / (rows / 2)
    # Layers that don't divide evenly are all done by each device.
    matrices = 1 / count if is_split(count) else 2
    work = alone * ((1 - MATRICES) * share + MATRICES * matrices)
    return work + 8 * sent(count) / network


def main() -> None:
    """Measure, calculate, and print both tables."""
    asked = common.arguments(__doc__, rounds=5).parse_args()
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor())
        peers: dict[str, list[common.Peer]] = {}
        for name, (count, devices) in SIDES.items():
            address = f"127.0.0.1:{free_port()}"
            peers[name] = [
                stack.enter_context(
                    common.Peer(
                        sys.executable,
                        "benchmarks.hosts",
                        *map(str, ("serve", address, count, i, devices)),
                        env=KEEP_MEMORY,
                    )
                )
                for i in range(count)
            ]

        def ask(name: str) -> dict[str, float]:
            answers = list(pool.map(lambda peer: peer.ask("steps"), peers[name]))
            return answers[0]

        losses = {name: [ask(name)["loss"]] for name in SIDES}  # compiles

        def measure(name: str) -> float:
            answer = ask(name)
            losses[name].append(answer["loss"])
            return answer["seconds"]

        seconds = common.take_turns(
            {name: (lambda name=name: measure(name)) for name in SIDES}, asked.rounds
        )
    size = STEPS * Recipe().rows * Recipe().row_length
    measured = [
        [
            name,
            f"{size / np.median(seconds[name]):,.0f} tokens/s",
            "" if name == ALONE else common.times_faster(seconds, name, ALONE),
            f"{losses[name][-1]:.5f}",
        ]
        for name in SIDES
    ]
    head = ["measured", "training", "faster than one device, times"]
    head += [f"mean loss, last {STEPS} of {STEPS * (asked.rounds + 1)} steps"]
    alone = float(np.median(seconds[ONE])) / STEPS
    calculated = [
        [
            f"{count}",
            f"{sent(count) / 1e6:.1f} MB",
            *(
                f"{alone / step(count, alone, network):.1f}"
                for network in NETWORKS.values()
            ),
        ]
        for count in MORE
    ]
    below = ["calculated: hosts of 2 devices", "sent by each a step"]
    below += [f"times faster at {name}" for name in NETWORKS]
    tables = common.table(head, measured), common.table(below, calculated)
    common.publish("hosts", "\n\n".join([common.machine(), *tables]), asked.record)


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2], *map(int, sys.argv[3:]))
    else:
        main()
