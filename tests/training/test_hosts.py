"""Any number of hosts learns what one learns, and goes on without one that was lost.

The hosts are processes of the real command, on the loopback address, each with folders
of its own. They train what `--trial` trains.
"""

import csv
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from llm_lessons import fjordby
from llm_lessons.language_model import loading
from llm_lessons.training.recipe import TRIAL
from llm_lessons.training.writing import Damaged, unseal
from tests import tiny

# What several hosts learn takes minutes. In between, test_loop.py knows what several
# devices learn.
several = pytest.mark.rest
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="JAX has no hosts there"),
]

# Written down before the first run. Sums in another order differ in float32's last
# digits, and each step makes a difference grow: so much the first point of the curve,
# a mean of 20 steps, may differ, and so much any other, in nats. (A row left out
# changes a step's loss by hundredths.)
FIRST, LATER = 1e-4, 1e-3
IN_TIME = 60  # seconds in which all have to end
# Compiling takes most of the time, and these steps are few.
QUICKLY = dict(os.environ, JAX_DISABLE_MOST_OPTIMIZATIONS="1")


class Host:
    """A process of the command, and what became of it."""

    def __init__(self, folder: Path, *words: str):
        self.words = words
        self.out, self.work = folder / "out", folder / "work"
        self.checkpoint = self.work / "trial-seed1.safetensors"
        command = [sys.executable, "-m", "llm_lessons.training", "--trial", *words]
        folder.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [*command, "--out", self.out, "--work", self.work],
            cwd=tiny.ROOT,
            env=QUICKLY | {"TMPDIR": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def end(self, seconds: float) -> int:
        """Wait for the process; returns its exit code."""
        self.said += self.process.communicate(timeout=seconds)[0]
        return self.process.returncode

    def sees(self) -> dict[str, np.ndarray]:
        """What its last checkpoint holds; nothing where there is none."""
        try:
            return unseal(self.checkpoint.read_bytes())[0]
        except (FileNotFoundError, Damaged):
            return {}


def free_port() -> int:
    with socket.create_server(("", 0)) as server:
        return server.getsockname()[1]


Start = Callable[..., list[Host]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts so many hosts with so many devices; none outlives the test."""
    begun: list[Host] = []

    def start(hosts: int, devices: int, *words: str, first: Path | None = None):
        common = ["--distributed", "--coordinator", f"127.0.0.1:{free_port()}"]
        common += ["--hosts", str(hosts), "--devices", str(devices)]
        common += ["--save-every", "1", *words]
        folders = [tmp_path / f"{len(begun)}-{i}" for i in range(hosts)]
        if first is not None:
            folders[0] = first
        job = [Host(at, *common, "--host", str(i)) for i, at in enumerate(folders)]
        begun.extend(job)
        return job

    yield start
    for host in begun:
        host.process.kill()
        host.process.communicate()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Host:
    """The whole training on one device."""
    host = Host(tmp_path_factory.mktemp("alone"), "--devices", "1")
    assert host.end(300) == 0, host.said
    return host


def test_the_command_writes_a_model_that_loads(alone: Host):
    assert "Trained in " in alone.said and "training: 100%" in alone.said
    lm = loading.load_folder(alone.out)
    assert lm.config == TRIAL
    assert lm.generate("Once upon", 5, temperature=0)
    ledger = json.loads((alone.out / "ledger.json").read_text())
    assert ledger == json.loads(fjordby.build().ledger.to_json())
    with (alone.out / "learning_curve.csv").open() as file:
        curve = list(csv.DictReader(file))
    size = 12 * TRIAL.max_seq_len
    tokens = [int(row["tokens"]) for row in curve]
    assert 18 * size < tokens[0] <= 20 * size and tokens == sorted(set(tokens))
    assert float(curve[-1]["loss"]) < float(curve[0]["loss"]) - 1


@several
def test_three_hosts_learn_what_one_learns_lose_one_and_two_go_on(
    alone: Host, start: Start
):
    curve = alone.sees()["losses"].tolist()
    job = start(3, 2)
    until = time.monotonic() + 300
    while not job[0].checkpoint.exists() and time.monotonic() < until:
        assert all(host.process.poll() is None for host in job)
        time.sleep(0.02)
    begun = job[0].sees()["losses"].tolist()
    assert begun[0] == pytest.approx(curve[0], abs=FIRST)
    assert begun == pytest.approx(curve[: len(begun)], abs=LATER)
    job[2].process.kill()
    for host in job[:2]:
        assert host.end(IN_TIME) != 0
    step = int(job[0].sees()["step"])
    assert 0 < step < len(curve) * 20
    later = start(2, 1, first=job[0].out.parent)
    for host in later:
        assert host.end(300) == 0, host.said
    assert f"Going on from step {step} of " in later[0].said
    losses = later[0].sees()["losses"].tolist()
    assert losses[0] == pytest.approx(curve[0], abs=FIRST)
    assert losses == pytest.approx(curve, abs=LATER)
    written = [path.name for path in sorted(later[0].out.iterdir())]
    assert written == [path.name for path in sorted(alone.out.iterdir())]
    host = later[1]  # only the first writes files
    assert not host.out.exists() and not host.work.exists()
    assert "training: 100%" in later[0].said and "%" not in host.said


def test_hosts_that_differ_are_refused(start: Start):
    job = start(2, 1)
    job[1].process.kill()
    same: list[Any] = [word for word in job[0].words if word != "--host"][:-1]
    other = Host(job[1].out.parent, *same, "--host", "1", "--seed", "3")
    for host in (job[0], other):
        assert host.end(IN_TIME) == 1
        assert "The hosts [1] differ from host 0 in --seed: give all" in host.said
    assert not job[0].out.exists()
