"""The way in: `start.py` with a pretended installer, and all that can go wrong."""

import ast
import errno
import json
import os
import sys
import types
from pathlib import Path

import pytest

import start
from llm_lessons_starter import installer, lab, trouble
from tests.each import each_of
from tests.starter_project import PACKAGE, PROGRAM, ROOT, Project

pytestmark = pytest.mark.slow

SOURCES = [ROOT / "start.py", *sorted((ROOT / PACKAGE).glob("*.py"))]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    if os.name == "nt":
        pytest.skip("the pretended uv is a script with a shebang line")
    return Project(tmp_path)


def test_the_first_start_makes_the_environment_and_says_so(project: Project):
    code, output, errors = project.start("train", "--steps", "3")
    assert (code, errors) == (0, "")
    assert f"ran --steps 3 in {project.tools}" in output  # where it was typed
    assert "Downloading a-package" in output
    made, installed = project.diary()
    assert made.startswith("venv --python >=3.12")
    assert "--require-hashes" in installed
    assert installed.endswith("requirements.lock")


def test_training_keeps_its_memory_unless_the_learner_says_otherwise(project: Project):
    told = "import os; print(os.environ['GLIBC_TUNABLES'])"
    (project.root / "llm_lessons" / "training.py").write_text(told)
    assert start.KEEP_MEMORY["GLIBC_TUNABLES"] in project.start("train")[1]
    own = {"GLIBC_TUNABLES": "glibc.malloc.check=0"}
    assert "glibc.malloc.check=0" in project.start("train", env=own)[1]


def test_the_lessons_bring_the_real_model_unless_asked_not_to(project: Project):
    code, output, _ = project.start("--without-real-model", "--port", "9000")
    assert code == 0
    assert " --port 9000 in " in output and "--without-real-model" not in output
    assert all("requirements-real.lock" not in line for line in project.diary())
    project.start()
    (installed,) = project.diary()
    assert "requirements.lock" in installed and "requirements-real.lock" in installed
    project.start("--without-real-model")
    assert project.diary() == []  # what is there stays there


def test_lab_opens_the_first_lesson_and_prints_its_address_without_a_browser(
    project: Project,
):
    code, output, _ = project.start("--port=9999")
    assert code == 0
    assert f"--ServerApp.root_dir={project.root}" in output
    assert f"/lab/tree/notebooks/{start.FIRST}" in output
    assert "--port=9999" in output
    assert "--no-browser" in output and "copy an address" in output
    assert ("--allow-root" in output) == lab.is_root()
    assert all(option in output for option in lab.OPTIONS)
    settings = project.root / ".venv/share/jupyter/lab/settings/overrides.json"
    assert json.loads(settings.read_text()) == lab.SETTINGS
    settings.write_text("{}")  # as an older start left it
    project.start()
    assert json.loads(settings.read_text()) == lab.SETTINGS


def test_the_handouts_are_served_by_the_environment_that_is_made_for_it(
    project: Project,
):
    handouts = project.root / "build" / "handouts"
    for wrong in (["serve"], ["serve", "--room"]):
        code, _, errors = project.start(*wrong)
        assert code == 1 and errors.startswith("There are no handouts yet: `python3 ")
    handouts.mkdir(parents=True)
    (handouts / "index.html").touch()
    for wrong in (["99999"], ["²"], ["80", "81"], ["--rom"]):
        code, output, errors = project.start("serve", *wrong)
        assert (code, output, errors.count("\n")) == (1, "", 1)
        assert "`python3 start.py serve 9000" in errors
    assert project.diary() == []  # nothing was made for all that
    code, output, errors = project.start("serve", "--room", "9000")
    assert (code, errors) == (0, "")
    assert f"ran {handouts} --port 9000 --room in {project.root}" in output
    assert len(project.diary()) == 2


def test_an_evening_is_played_by_a_server_that_has_it_made(project: Project):
    room = project.root / "build" / "room"
    for wrong in (["99999"], ["²"], ["80", "81"], ["--rom"], ["--deck", "long"]):
        code, output, errors = project.start("room", *wrong)
        assert (code, output, errors.count("\n")) == (1, "", 1)
        assert "`python3 start.py room 9000" in errors
    code, output, errors = project.start("room", "--help")
    assert (code, errors) == (0, "") and "start.py room --room`" in output
    assert project.diary() == []  # nothing was made for all that
    typed = ["room", "--room", "9000", "--no-browser"]
    code, output, errors = project.start(*typed)
    assert (code, errors) == (0, "")
    *_, played = output.splitlines()
    options = f"{room} --made-by llm_lessons_room.content --port 9000 --room"
    assert played == f"ran {options} in {project.root}"
    (project.root / "llm_lessons_room" / "server.py").write_text("raise SystemExit(3)")
    assert project.start(*typed)[0] == 3


def test_help_names_every_command_and_makes_nothing(project: Project):
    code, output, errors = project.start("--help")
    assert (code, errors) == (0, "")
    assert all(f"start.py {name}" in output for name in start.COMMANDS)
    assert not (project.root / ".venv").exists()


@pytest.mark.parametrize(
    "locale",
    [{"PYTHONIOENCODING": "ascii"}, pytest.param({}, marks=pytest.mark.rest)],
    ids=str,
)
def test_a_terminal_that_knows_few_letters_or_has_gone_gets_no_traceback(
    project: Project, locale: dict[str, str]
):
    lesson = project.root / "notebooks" / "04_temperature.ipynb"
    lesson.parent.mkdir()
    lesson.write_text('{"cells": []}')
    code, _, errors = project.start("pack", "Lærerens\n", env=locale)
    assert code == 1 and errors.count("\n") == 1
    process = project.popen("--help", env=locale)
    assert process.stdout and process.stderr
    process.stdout.close()  # as `head` does
    process.wait(60)
    assert process.stderr.read() == ""
    process.stderr.close()


def test_a_lesson_is_made_fresh_and_the_learners_own_kept(project: Project):
    lesson = project.root / "notebooks" / "04_temperature.ipynb"
    lesson.parent.mkdir()
    lesson.write_text('{"cells": []}')
    project.start("--no-browser")  # which lays it aside
    for number in (1, 2):
        lesson.write_text(f"my answers, {number}")
        code, output, errors = project.start("reset", "4")
        own = lesson.with_name(f"04_temperature (mine {number}).ipynb")
        assert (code, errors) == (0, "") and own.name in output
        assert own.read_text() == f"my answers, {number}"
        assert lesson.read_text() == '{"cells": []}'
    _, output, _ = project.start("reset", "04")
    assert output == "04_temperature.ipynb is as fresh as it came.\n"
    lesson.unlink()
    project.start("reset", "04")
    assert lesson.read_text() == '{"cells": []}'


def test_colab_builds_the_wheel_and_writes_the_lessons_beside_it(project: Project):
    module = project.root / "llm_lessons/pages/colab.py"
    module.parent.mkdir()
    module.write_text(PROGRAM)
    code, output, errors = project.start("colab")
    assert (code, errors) == (0, "")
    *_, built = project.diary()
    assert built == f"build --wheel --out-dir {project.root / 'build' / 'colab'}"
    assert output.splitlines()[-1] == f"ran in {project.root}"


@each_of(
    ("output", "remedy"),
    [
        ("cause: Failed to fetch: the index\n cause: dns error", "connection"),
        ("hint: Packages were unavailable because the network was disabled", "index"),
        ("error: Failed to initialize cache at `/x/.cache/uv`", "UV_CACHE_DIR"),
        ("WARNING: Retrying after connection broken by ProxyError", "connection"),
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
        ("", "'nothing'"),
    ],
)
def test_every_failure_of_an_installer_has_its_remedy(output: str, remedy: str):
    sentence = str(trouble.from_installer(output))
    assert remedy in sentence
    assert sentence.endswith(".") and "\n" not in sentence


@each_of(
    ("code", "remedy"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "can't be written"),
        (errno.EROFS, "can't be written"),
        (errno.EIO, "mend that"),
    ],
)
def test_every_failure_of_the_system_has_its_remedy(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    code: int,
    remedy: str,
):
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(start, "make_environment", fail)
    assert start.main(["test"]) == 1
    errors = capsys.readouterr().err
    assert remedy in errors and errors.count("\n") == 1


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


def test_a_python_without_venv_names_the_package_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(installer, "TOOLS", tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(trouble.Trouble, match="apt install python3-venv"):
        installer.find_uv()


def test_uv_is_brought_in_with_pip_where_the_machine_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    commands: list[list[str]] = []
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(installer, "TOOLS", tmp_path / "tools")

    def install(command: list[str]) -> None:
        commands.append(command)
        if "venv" in command:
            Path(command[-1]).mkdir()
        else:
            uv = Path(installer.program(tmp_path / "tools-new", "uv"))
            uv.parent.mkdir()
            uv.touch()

    monkeypatch.setattr(installer, "install", install)
    assert Path(installer.find_uv()).is_relative_to(tmp_path)
    made, installed = commands
    assert made[1:3] == ["-m", "venv"]
    assert installed[1:3] == ["-m", "pip"] and installed[-1] == installer.UV


def test_a_silent_installer_is_reported_as_still_at_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(installer, "SIGN_OF_LIFE", 0.05)
    installer.install([sys.executable, "-c", "import time; time.sleep(0.5)"])
    assert "still at work" in capsys.readouterr().out


def test_a_text_browser_in_the_terminal_is_not_a_browser(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr("webbrowser.get", object)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    assert not lab.has_browser()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert lab.has_browser()


@each_of("source", SOURCES)
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


def test_what_cannot_be_reset_is_answered_in_a_sentence(project: Project):
    lesson = project.root / "notebooks" / "04_temperature.ipynb"
    lesson.parent.mkdir()
    lesson.touch()
    code, _, errors = project.start("reset", "04")
    assert code == 1
    assert errors.startswith("No fresh copy of 04_temperature.ipynb is left")
    assert lesson.exists()
