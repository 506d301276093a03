"""What a process may use, in trees of control groups made up here and in a real one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from llm_lessons.foundation import machine
from llm_lessons_starter.installer import ROOT

MANY = 64  # processors of a server
# How Debian 13, Kubernetes, Docker with either version, and a hybrid tell of a group.
V2 = "0::/user.slice/jupyter-ida.service\n"
INSIDE = "0::/\n"
V1 = "5:memory:/docker/0123abcd\n3:cpu,cpuacct:/docker/0123abcd\n1:name=systemd:/a\n"
HYBRID = "4:memory:/class/ida\n2:cpuacct:/\n1:cpu:/class/ida\n0::/class\n"


@pytest.fixture(autouse=True)
def large_machine(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(machine, "_usable", lambda: MANY)


def tree(root: Path, groups: str, **files: str) -> Path:
    """A tree with these groups and files; `__` in a name stands for a slash."""
    for name, text in {"proc__self__cgroup": groups, **files}.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def at(place: str, **files: str) -> dict[str, str]:
    """The files of a group."""
    place = f"sys/fs/cgroup/{place}".rstrip("/").replace("/", "__")
    names = {"max": "memory.max", "current": "memory.current", "stat": "memory.stat"}
    names |= {"limit": "memory.limit_in_bytes", "usage": "memory.usage_in_bytes"}
    names |= {"cpu": "cpu.max", "q": "cpu.cfs_quota_us", "p": "cpu.cfs_period_us"}
    return {f"{place}__{names[name]}": text for name, text in files.items()}


NONE = str(2**63 - 4096)  # version 1's word for no limit
CASES = {
    "no such tree": (V2, {}, MANY, None),
    "no limit, 2": (INSIDE, at("", max="max\n", cpu="max 100000\n"), MANY, None),
    "no limit, 1": (V1, at("memory", limit=NONE) | at("cpu", q="-1"), MANY, None),
    "a container": (INSIDE, at("", max="1000", current="300", cpu="200000 100000"),
                    2, 700),
    "one and a half": (INSIDE, at("", cpu="150000 100000"), 2, None),
    "more than there are": (INSIDE, at("", cpu="9900000 100000"), MANY, None),
    "files can be dropped": (INSIDE, at("", max="1000", current="900",
                             stat="anon 100\ninactive_file 600\n"), MANY, 700),
    "the smallest on the way up": (
        V2,
        at("user.slice", max="500", current="450", cpu="100000 100000")
        | at("user.slice/jupyter-ida.service", max="400", current="10", cpu="max 1")
        | at("", max="9000"),
        1,
        50,
    ),
    "a name from outside": (
        V1,
        at("memory", limit="1000", usage="100", stat="total_inactive_file 50\n")
        | at("cpu,cpuacct", q="300000", p="100000"),
        3,
        950,
    ),
    "a hybrid": (
        HYBRID,
        at("memory/class/ida", limit="800", usage="0")
        | at("memory/class", limit="600", usage="100")
        | at("cpu/class/ida", q="400000", p="100000")
        | at("unified/class", max="max"),
        4,
        500,
    ),
    "nonsense": (
        "what is this\n0::\n:::\n",
        at("", max="much", cpu="a b", stat="inactive_file x"),
        MANY,
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_limits_are_read(tmp_path: Path, name: str):
    groups, files, processors, free = CASES[name]
    root = tree(tmp_path / name, groups, **files)
    assert machine.processors(root) == processors
    assert machine.free_memory(root) == free


def test_xla_is_told_of_a_quota_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NPROC", "")  # so that it is restored
    monkeypatch.delenv("NPROC")
    for quota, told in (("max", None), ("300000", "3"), ("100000", "3")):
        machine.tell_xla(tree(tmp_path, INSIDE, **at("", cpu=f"{quota} 100000")))
        assert os.environ.get("NPROC") == told  # what somebody set stays


LEFT = "from llm_lessons.foundation.machine import *; print(free_memory())"


@pytest.mark.skipif(sys.platform != "linux", reason="ulimit -v is Linux'")
def test_a_limit_on_the_address_space_counts():
    limited = ["prlimit", f"--as={8_000_000_000}", sys.executable, "-c", LEFT]
    left = subprocess.check_output(limited, cwd=ROOT, text=True)
    assert 0 < int(left) < 8_000_000_000


FORKED = """
import os, signal, sys
from tests import tiny

lm = tiny.model()
lm.generate("The fox", 3)
child = os.fork()
if not child:
    signal.alarm(60)
    try:
        lm.generate("The fox", 3)
    except RuntimeError as error:
        print(error, flush=True)
    os._exit(0)
sys.exit(os.waitpid(child, 0)[1])
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks there")
def test_a_real_fork_does_not_hang():
    command = [sys.executable, "-W", "ignore", "-c", FORKED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "This process was forked" in done.stdout
