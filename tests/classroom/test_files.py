"""What an administrator copies or runs: settings, a unit, an image, sentences."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import yaml
from traitlets.config.loader import Config, PyFileConfigLoader

from classroom import places, prepare, server, warm
from llm_lessons_starter.environment import ROOT
from llm_lessons_starter.trouble import Trouble

FILES = ROOT / "classroom"
SERVER = [places.program(places.HUB, "python"), str(FILES / "server.py")]
MODE = pytest.mark.skipif(sys.platform == "win32", reason="such a server runs on Unix")


def moved(command: list[str]) -> list[str]:
    """A command as it is where the lessons lie in /opt."""
    return [part.replace(str(ROOT), "/opt/llm-lessons") for part in command]


def settings() -> Config:
    """The hub's settings, as read in the folder where we are."""
    return PyFileConfigLoader("jupyterhub_config.py", str(FILES)).load_config()


@MODE
def test_the_hub_reads_who_comes_and_who_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    Path("learners.txt").write_text("Ida\n\n  ole \n", encoding="utf-8-sig")
    Path("leaders.txt").write_text("lea", encoding="utf-8")
    c = settings()
    assert c.Authenticator.allowed_users == {"ida", "ole", "lea"}
    assert c.Authenticator.blocked_users == set()
    assert c.JupyterHub.load_roles[0] == {"name": "admin", "users": ["lea"]}
    assert c.Spawner.cmd == SERVER
    pattern = c.Authenticator.username_pattern
    assert re.match(pattern, "ida") and not re.match(pattern, "ida\n")
    assert not re.match(pattern, "ida_x")
    Path("learners.txt").write_text("ida", encoding="utf-8")
    Path("leaders.txt").unlink()
    for _ in range(2):  # it is remembered for good
        c = settings()
        assert c.Authenticator.blocked_users == {"ole", "lea"}
        assert c.JupyterHub.load_roles[0]["users"] == []
    Path("learners.txt").write_text("ida\nole", encoding="utf-8")
    assert settings().Authenticator.blocked_users == {"lea"}


@MODE
def test_a_hub_without_names_of_accounts_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match=r"There is no .*learners\.txt: write"):
        settings()
    for text in (b"\n \n", b"ida\nole hansen", b"../ida", b"\xff"):
        Path("learners.txt").write_bytes(text)
        with pytest.raises(SystemExit, match=r"learners\.txt .*: write one name"):
            settings()


@MODE
def test_image_chart_and_service_start_the_same_programs():
    chart = yaml.safe_load((FILES / "values.yaml").read_text(encoding="utf-8"))
    assert chart["singleuser"]["cmd"] == moved(SERVER)
    image = (FILES / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    assert json.loads(image.split("CMD ")[1]) == moved(SERVER)
    service = (FILES / "llm-lessons-hub.service").read_text(encoding="utf-8")
    start = shlex.split(service.split("ExecStart=")[1].split("\n#")[0])
    start = [word for word in start if word.strip()]
    config = str(FILES / "jupyterhub_config.py")
    hub = [places.program(places.HUB, "python"), "-m", "jupyterhub", "-f", config]
    assert start == moved(hub)


def test_what_prepare_does_not_know_it_names():
    for words in (["--lesson", "00"], ["--lessons"], ["--lessons", "99"], ["²"]):
        with pytest.raises(Trouble, match=f"^`{' '.join(words)}` says nothing here: "):
            prepare.main(words)


@MODE
def test_what_learners_cant_enter_or_read_is_named(tmp_path: Path, monkeypatch):
    inside = tmp_path / "closed" / "lessons"
    inside.mkdir(parents=True)
    temporary = Path(tempfile.gettempdir()).resolve()
    for folder in (inside, *inside.parents):
        if temporary in folder.resolve().parents:  # what pytest made, for itself alone
            folder.chmod(0o755)
    (inside / ".git").mkdir(mode=0o700)
    lesson, tool = inside / "00.ipynb", inside / "tool"
    for path, mode in ((lesson, 0o644), (tool, 0o755)):
        path.touch()
        path.chmod(mode)
    monkeypatch.setattr(prepare, "ROOT", inside)
    prepare.check_readable()
    for path, mode in ((lesson, 0o600), (tool, 0o744)):
        before = path.stat().st_mode
        path.chmod(mode)
        with pytest.raises(Trouble, match=f"can't read {path}: do"):
            prepare.check_readable()
        path.chmod(before)
    inside.parent.chmod(0o700)
    with pytest.raises(Trouble, match=rf"can't enter {inside.parent}: move"):
        prepare.check_readable()
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    python = inside / "bin" / "python"
    python.parent.mkdir()
    python.touch()
    monkeypatch.setattr(prepare, "ENVIRONMENT", inside)
    with pytest.raises(Trouble, match=r"Python lies in .*closed.*install one for all"):
        prepare.check_readable()


@MODE
def test_a_home_that_cant_be_written_is_one_sentence(tmp_path: Path):
    home = tmp_path / "home"
    home.touch()
    done = subprocess.run(
        [sys.executable, str(FILES / "server.py")],
        env={"HOME": str(home), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert "can't be laid into" in done.stderr and "administrator" in done.stderr


@MODE
def test_a_learner_who_cant_read_the_lessons_is_told_so(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(server, "ROOT", tmp_path)
    with pytest.raises(Trouble, match=r"lessons in .* can't be read: .*a\+rX"):
        server.check_lessons()


def test_the_cache_is_filled_again_when_it_should_be(tmp_path: Path, monkeypatch):
    compiled, kept = tmp_path / "compiled", tmp_path / "executed"
    cpu, locks = tmp_path / "cpuinfo", ["requirements.lock 1"]
    cpu.write_text("flags\t: sse\ncpu MHz\t: 1\n", encoding="utf-8")
    monkeypatch.setattr(warm, "CPU", cpu)
    monkeypatch.setattr(warm, "read_stamp", lambda: locks)

    def stays() -> bool:
        """Whether a lesson's run counts; it does the next time."""
        warm.begin(compiled, kept)
        before = (kept / "00.ipynb").exists()
        (kept / "00.ipynb").touch()
        compiled.mkdir(exist_ok=True)
        (compiled / "a-cache").touch()
        return before

    assert [stays(), stays()] == [False, True]
    cpu.write_text("flags\t: sse\ncpu MHz\t: 2\n", encoding="utf-8")
    assert stays()
    cpu.write_text("flags\t: sse avx\n", encoding="utf-8")
    assert [stays(), stays()] == [False, True]
    locks.append("requirements-real.lock 1")
    assert [stays(), stays()] == [False, True]
    shutil.rmtree(compiled)
    assert [stays(), stays()] == [False, True]
