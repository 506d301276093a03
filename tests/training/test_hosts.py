"""Any number of hosts learns what one learns, and a lost one ends all in a sentence.

The hosts are processes of the real command, on the loopback address, each with folders
of its own. They train what `--trial` trains.
"""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from llm_lessons import fjordby, loading
from llm_lessons.training.recipe import TRIAL
from llm_lessons.training.roll_call import free_port
from llm_lessons.training.sealed import Damaged, unseal
from tests import tiny

# What several hosts learn takes minutes. In between, test_roll_call.py knows how they
# find each other, and test_loop.py what several devices learn.
several = pytest.mark.rest
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc"),
]

# Written down before the first run. Sums in another order differ in float32's last
# digits, and each step makes a difference grow: so much the first point of the curve,
# a mean of 20 steps, may differ, and so much any other, in nats. (A row left out
# changes a step's loss by hundredths.)
FIRST, LATER = 1e-4, 1e-3
PATIENCE = 8  # seconds until a silent host is lost
IN_TIME = 30  # seconds in which all have to end
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

    @property
    def child(self) -> int:
        """The number of the process that trains."""
        pid = self.process.pid
        for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes():
                return int(one)
        raise ProcessLookupError("It trains nothing.")

    def sees(self) -> dict[str, np.ndarray]:
        """What its last checkpoint holds; nothing where there is none."""
        try:
            return unseal(self.checkpoint.read_bytes())[0]
        except (FileNotFoundError, Damaged):
            return {}


Start = Callable[..., list[Host]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts so many hosts with so many devices; none outlives the test."""
    begun: list[Host] = []

    def start(hosts: int, devices: int, *words: str, first: Path | None = None):
        common = ["--distributed", "--coordinator", f"127.0.0.1:{free_port()}"]
        common += ["--hosts", str(hosts), "--devices", str(devices), "--wait", "60"]
        common += ["--lost-after", str(PATIENCE), "--save-every", "1", *words]
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


def same_curve(losses: list[float], alone: Host) -> None:
    expected = alone.sees()["losses"].tolist()[: len(losses)]
    assert losses[0] == pytest.approx(expected[0], abs=FIRST)
    assert losses == pytest.approx(expected, abs=LATER)


def until_a_checkpoint(job: list[Host]) -> list[float]:
    """Wait for the first one; returns the curve so far."""
    until = time.monotonic() + 300
    while not job[0].checkpoint.exists() and time.monotonic() < until:
        assert all(host.process.poll() is None for host in job)
        time.sleep(0.02)
    losses = job[0].sees()["losses"].tolist()
    assert len(losses) >= 1
    return losses


def one_sentence(hosts: list[Host], *words: str) -> None:
    """All end in time, with the same sentence as the last word."""
    until = time.monotonic() + IN_TIME
    assert [host.end(until - time.monotonic()) for host in hosts] == [1] * len(hosts)
    for host in hosts:
        last = host.said.rstrip().splitlines()[-1]
        assert all(word in last for word in words), host.said
        for trace in ("Traceback", "*** Check", "    @ ", "Fatal", "E1", "Warning"):
            assert trace not in host.said


def test_the_command_writes_a_model_that_loads(alone: Host):
    """And its curve falls; `--trial` is the whole command on less of everything."""
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
def test_five_hosts_learn_what_one_learns(alone: Host, start: Start):
    """Twelve rows on five devices: three each, and three of padding."""
    job = start(5, 1)
    for host in job:
        assert host.end(300) == 0, host.said
    same_curve(job[0].sees()["losses"].tolist(), alone)
    written = [path.name for path in sorted(job[0].out.iterdir())]
    assert written == [path.name for path in sorted(alone.out.iterdir())]
    for host in job[1:]:  # only the first writes files
        assert not host.out.exists() and not host.work.exists()
    assert "training: 100%" in job[0].said and "%" not in job[1].said


@several
def test_three_hosts_lose_one_and_two_go_on(alone: Host, start: Start):
    """Killed with all that belongs to it; then with fewer hosts to the same curve."""
    job = start(3, 2)
    same_curve(until_a_checkpoint(job), alone)
    trains = job[2].child
    job[2].process.kill()
    one_sentence(job[:2], "Host 2 of 3 was lost at step ", "--hosts 2, numbered from 0")
    until = time.monotonic() + IN_TIME
    while Path(f"/proc/{trains}").exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert not Path(f"/proc/{trains}").exists()  # ends with the one that watches it
    step = int(job[0].sees()["step"])
    assert f"goes on from step {step}, also on fewer hosts" in job[0].said
    later = start(2, 1, first=job[0].out.parent)
    for host in later:
        assert host.end(300) == 0, host.said
    assert f"Going on from step {step} of " in later[0].said
    same_curve(later[0].sees()["losses"].tolist(), alone)


@several
def test_four_hosts_notice_that_one_is_silent(alone: Host, start: Start):
    """As if its cable were pulled: all that belongs to it stands still."""
    job = start(4, 1)
    same_curve(until_a_checkpoint(job), alone)
    still = (job[3].process.pid, job[3].child)
    for pid in still:
        os.kill(pid, signal.SIGSTOP)
    one_sentence(job[:3], "Host 3 of 4 was lost", f"heard of it for {PATIENCE} seconds")
    for pid in still:
        os.kill(pid, signal.SIGCONT)
    one_sentence(job[3:], "Host ")


# ---- Without a step --------------------------------------------------------------


def test_hosts_that_differ_are_refused(start: Start):
    job = start(2, 1)
    job[1].process.kill()
    address = job[0].words[2]
    same: list[Any] = ["--distributed", "--coordinator", address, "--devices", "1"]
    other = Host(job[1].out.parent, *same, "--hosts", "2", "--host", "1", "--seed", "3")
    one_sentence([job[0], other], "Host 1 differs from host 0 in --seed (3 and 1)")
    assert not job[0].out.exists()
