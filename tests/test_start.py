"""The way in: `start.py` with a pretended installer, and all that can go wrong."""

import ast
import errno
import json
import os
import sys
import types
from pathlib import Path

import pytest

from llm_lessons_starter import installer, lab, trouble
from llm_lessons_starter.commands import (
    COMMANDS,
    KEEP_MEMORY,
    commands_of,
    help_text,
)
from llm_lessons_starter.from_checkout import Checkout
from llm_lessons_starter.from_wheel import Wheel
from llm_lessons_starter.installer import LEAN
from llm_lessons_starter.lessons import FIRST
from tests.starter_project import PACKAGE, PROGRAM, ROOT, Project

pytestmark = pytest.mark.slow

SOURCES = [ROOT / "start.py", *sorted((ROOT / PACKAGE).glob("*.py"))]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_the_first_start_makes_the_environment_and_says_so(project: Project):
    output = project.opens("train", "--steps", "3")
    assert f"ran --steps 3 in {project.tools}" in output  # where it was typed
    assert "Downloading a-package" in output
    made, installed = project.diary()
    assert made.startswith("venv --relocatable --python >=3.12")
    assert "--require-hashes" in installed
    assert installed.endswith("/requirements.lock --offline")
    told = "import os; print('ran', os.environ['GLIBC_TUNABLES'])"
    (project.root / "llm_lessons" / "training.py").write_text(told)
    assert KEEP_MEMORY["GLIBC_TUNABLES"] in project.opens("train")
    own = {"GLIBC_TUNABLES": "glibc.malloc.check=0"}
    assert "glibc.malloc.check=0" in project.start("train", env=own)[1]


def test_lab_opens_the_first_lesson_and_each_can_be_made_fresh(project: Project):
    lesson = project.root / "notebooks" / "04_temperature.ipynb"
    lesson.parent.mkdir()
    lesson.write_text('{"cells": []}')
    output = project.opens(LEAN, "--port=9999")  # which lays it aside
    assert LEAN not in output
    assert all("requirements-real.lock" not in line for line in project.diary())
    assert f"--ServerApp.root_dir={project.root}" in output
    assert f"/doc/tree/notebooks/{FIRST}" in output
    assert "--port=9999" in output
    assert "--no-browser" in output and "copy an address" in output
    assert ("--allow-root" in output) == lab.is_root()
    assert all(option in output for option in lab.OPTIONS)
    settings = project.root / ".venv/share/jupyter/lab/settings/overrides.json"
    settings.write_text("{}")  # as an older start left it
    project.opens()
    assert json.loads(settings.read_text()) == lab.SETTINGS
    _, installed = project.diary()
    assert "requirements.lock" in installed and "requirements-real.lock" in installed
    project.opens(LEAN)
    assert project.diary() == []  # what is there stays there
    lesson.write_text("my answers")
    code, output, errors = project.start("reset", "4")
    own = lesson.with_name("04_temperature (mine 1).ipynb")
    assert (code, errors) == (0, "") and own.name in output
    assert own.read_text() == "my answers"
    assert lesson.read_text() == '{"cells": []}'


def test_pages_and_evenings_have_servers_in_the_environment_made_for_them(
    project: Project,
):
    for wrong in (["serve"], ["room", "--deck", "long"]):
        assert project.start(*wrong)[0] == 1
    code, output, errors = project.start("--help")
    assert (code, errors) == (0, "")
    assert all(f"start.py {name}" in output for name in commands_of(Checkout()))
    assert project.start("room", "--help")[0] == 0
    assert project.diary() == []  # nothing was made for all that
    build = project.root / "build"
    (build / "handouts").mkdir(parents=True)
    (build / "handouts" / "index.html").touch()
    port = f"--port 9000 --room in {project.tools}\n"
    assert project.opens("serve", "--room", "9000").endswith(
        f"ran {build / 'handouts'} {port}"
    )
    assert len(project.diary()) == 2
    played = ["room", "--room", "9000", "--no-browser"]
    made_by = "--made-by llm_lessons_room.content"
    assert project.opens(*played).endswith(f"ran {build / 'room'} {made_by} {port}")
    (project.root / "llm_lessons_room" / "server.py").write_text("raise SystemExit(3)")
    assert project.start(*played)[0] == 3


def test_one_list_has_the_commands_of_both_ways_in(tmp_path: Path):
    checkout, wheel = Checkout(), Wheel(tmp_path)
    assert {**commands_of(checkout), **commands_of(wheel)} == COMMANDS
    for lessons, own, other in (
        (checkout, "train", "real-model"),
        (wheel, "real-model", "train"),
    ):
        lines = help_text(lessons).splitlines()
        starts = [f"  {lessons.name} {word} " for word in (own, other, "handouts")]
        found = [any(line.startswith(start) for line in lines) for start in starts]
        assert found == [True, False, True]


def test_a_terminal_that_knows_few_letters_or_has_gone_gets_no_traceback(
    project: Project,
):
    locale = {"PYTHONIOENCODING": "ascii"}
    code, _, errors = project.start("pack", "Lærerens\n", env=locale)
    assert code == 1 and errors.count("\n") == 1
    process = project.popen("--help", env=locale)
    assert process.stdout and process.stderr
    process.stdout.close()  # as `head` does
    process.wait(60)
    assert process.stderr.read() == ""
    process.stderr.close()


def test_colab_builds_the_wheel_and_writes_the_lessons_beside_it(project: Project):
    module = project.root / "llm_lessons/pages/colab.py"
    module.parent.mkdir()
    module.write_text(PROGRAM)
    output = project.opens("colab")
    built, *_ = project.diary()
    assert built == f"build --wheel --out-dir {project.root / 'build' / 'colab'}"
    assert output.splitlines()[-1] == f"ran in {project.root}"


@pytest.mark.parametrize(
    ("output", "remedy"),
    [
        ("cause: Failed to fetch: the index\n cause: dns error", "connection"),
        ("hint: Packages were unavailable because the network was disabled", "index"),
        ("error: Failed to initialize cache at `/x/.cache/uv`", "UV_CACHE_DIR"),
        ("failed to copy file: No space left on device (os error 28)", "free about"),
        ("failed to copy: There is not enough space (os error 112)", "free about"),
        ("failed to create directory: Permission denied (os error 13)", "of your own"),
        ("Access is denied. (os error 5)", "close a JupyterLab"),
        ("error: No interpreter found for Python >=3.12", "install Python 3.13"),
        ("Failed to download `releases/cpython-3.14.tar.gz`", "install Python 3.13"),
        ("Failed to download `six`\n cause: Hash mismatch for `six`", "altered"),
        ("invalid peer certificate: UnknownIssuer", "UV_SYSTEM_CERTS=1"),
        ("jaxlib==0.12 has no wheels with a matching platform tag", "Binder"),
        ("first\nerror: a riddle — once\nlast", r"'error: a riddle \u2014 once"),
        ("npm error code EAI_AGAIN", "The registry can't be reached"),
        ("", "'nothing'"),
    ],
)
def test_every_failure_of_an_installer_has_its_remedy(output: str, remedy: str):
    sentence = str(trouble.from_installer(output))
    assert remedy in sentence
    assert sentence.endswith(".") and "\n" not in sentence


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EROFS, "can't be written"),
        (errno.EIO, "mend that"),
    ],
)
def test_every_failure_of_the_system_has_its_remedy(code: int, remedy: str):
    sentence = str(trouble.from_system(OSError(code, os.strerror(code))))
    assert remedy in sentence and "\n" not in sentence


@pytest.mark.parametrize(
    ("system", "machine", "version", "remedy"),
    [
        ("Darwin", "x86_64", (3, 12), "Intel Macs"),
        ("Windows", "ARM64", (3, 12), "Windows on ARM"),
        ("Linux", "x86_64", (3, 7), "install Python 3.13"),
    ],
)
def test_a_machine_that_cannot_is_told_so_kindly(
    monkeypatch: pytest.MonkeyPatch,
    system: str,
    machine: str,
    version: tuple[int, int],
    remedy: str,
):
    monkeypatch.setattr("platform.system", lambda: system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    monkeypatch.setattr(trouble, "sys", types.SimpleNamespace(version_info=version))
    with pytest.raises(trouble.Trouble, match=remedy):
        trouble.check_machine()


def test_uv_is_brought_in_with_pip_where_the_machine_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    commands: list[list[str]] = []
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(installer, "TOOLS", tmp_path / "tools")
    monkeypatch.setattr(installer, "install", commands.append)
    with monkeypatch.context() as patched:
        patched.setattr("importlib.util.find_spec", lambda name: None)
        with pytest.raises(trouble.Trouble, match="apt install python3-venv"):
            installer.find_uv()
    with pytest.raises(trouble.Trouble, match="pip has put uv elsewhere"):
        installer.find_uv()
    made, installed = commands
    assert made[1:3] == ["-m", "venv"]
    assert installed[1:3] == ["-m", "pip"] and installed[-1] == installer.UV
    uv = Path(installer.program(tmp_path / "tools", "uv"))
    uv.parent.mkdir(parents=True)
    uv.touch()
    assert installer.find_uv() == str(uv)


def test_a_silent_installer_is_reported_and_pips_settings_dont_lead_it_astray(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_INDEX_URL"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setattr(installer, "SIGN_OF_LIFE", 0.05)
    code = "import os, time; time.sleep(0.5); "
    code += "print([one for one in os.environ if one.startswith('PIP_')])"
    with pytest.raises(trouble.Trouble, match="PIP_INDEX_URL") as told:
        installer.install([sys.executable, "-c", code + "; raise SystemExit(1)"])
    assert "PIP_TARGET" not in str(told.value) and "PIP_PREFIX" not in str(told.value)
    assert "still at work" in capsys.readouterr().out


@pytest.mark.parametrize("source", SOURCES)
def test_an_old_python_can_read_it_with_nothing_installed(source: Path):
    tree = ast.parse(source.read_text(encoding="utf-8"), feature_version=(3, 7))
    for node in ast.walk(tree):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        for module in modules:
            assert module.split(".")[0] in {*sys.stdlib_module_names, PACKAGE}
