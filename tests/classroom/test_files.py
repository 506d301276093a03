"""What an administrator copies or runs: settings, a unit, an image, sentences."""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import yaml
from traitlets.config.loader import Config, PyFileConfigLoader

from classroom import places, prepare, warm
from llm_lessons_starter.installer import ROOT, program
from llm_lessons_starter.trouble import Trouble

FILES = ROOT / "classroom"
SERVER = [program(places.HUB, "python"), str(FILES / "server.py")]
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="such a server runs on Unix"
)


def moved(command: list[str]) -> list[str]:
    """A command as it is where the lessons lie in /opt."""
    return [part.replace(str(ROOT), "/opt/llm-lessons") for part in command]


def settings() -> Config:
    """The hub's settings, as read in the folder where we are."""
    return PyFileConfigLoader("jupyterhub_config.py", str(FILES)).load_config()


def test_the_hub_reads_who_comes_and_who_leaves(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match=r"There is no .*learners\.txt: write"):
        settings()
    for text in (b"\n \n", b"ida\nole hansen", b"../ida", b"\xff"):
        Path("learners.txt").write_bytes(text)
        with pytest.raises(SystemExit, match=r"learners\.txt .*: write one name"):
            settings()
    Path("learners.txt").write_text("Ida\n\n  ole \n", encoding="utf-8-sig")
    Path("leaders.txt").write_text("lea", encoding="utf-8")
    c = settings()
    assert c.Authenticator.allowed_users == {"ida", "ole", "lea"}
    assert c.Authenticator.blocked_users == set()
    assert c.JupyterHub.load_roles[0] == {"name": "admin", "users": ["lea"]}
    pattern = c.Authenticator.username_pattern
    assert re.match(pattern, "ida") and not re.match(pattern, "ida\n")
    Path("learners.txt").write_text("ida", encoding="utf-8")
    Path("leaders.txt").unlink()
    for _ in range(2):  # it is remembered for good
        c = settings()
        assert c.Authenticator.blocked_users == {"ole", "lea"}
        assert c.JupyterHub.load_roles[0]["users"] == []


def test_hub_image_chart_and_service_start_the_same_programs(
    tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    Path("learners.txt").write_text("ida", encoding="utf-8")
    assert settings().Spawner.cmd == SERVER
    chart = yaml.safe_load((FILES / "values.yaml").read_text(encoding="utf-8"))
    assert chart["singleuser"]["cmd"] == moved(SERVER)
    image = (FILES / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    assert json.loads(image.split("CMD ")[1]) == moved(SERVER)
    service = (FILES / "llm-lessons-hub.service").read_text(encoding="utf-8")
    start = shlex.split(service.split("ExecStart=")[1].split("\n#")[0])
    config = str(FILES / "jupyterhub_config.py")
    hub = [program(places.HUB, "python"), "-m", "jupyterhub", "-f", config]
    assert [word for word in start if word.strip()] == moved(hub)


def test_what_an_administrator_or_a_home_lacks_is_one_sentence(tmp_path: Path):
    for words in (["--lesson", "00"], ["--lessons"], ["--lessons", "99"]):
        with pytest.raises(Trouble, match=f"^`{' '.join(words)}` says nothing here: "):
            prepare.main(words)
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


def test_what_learners_cant_enter_or_read_is_named(tmp_path: Path, monkeypatch):
    inside, python = tmp_path / "closed" / "lessons", tmp_path / "closed" / "bin/python"
    for folder in (inside, python.parent):
        folder.mkdir(parents=True)
    temporary = Path(tempfile.gettempdir()).resolve()
    for folder in (inside, python.parent, *inside.parents):
        if temporary in folder.resolve().parents:  # what pytest made, for itself alone
            folder.chmod(0o755)
    (inside / ".git").mkdir(mode=0o700)
    monkeypatch.setattr(prepare, "ROOT", inside)
    monkeypatch.setattr(prepare, "ENVIRONMENT", inside.parent)
    paths = {inside / "00.ipynb": (0o644, 0o600), python: (0o755, 0o744)}
    paths |= {inside / "tool": (0o755, 0o744)}
    for path, (good, _) in paths.items():
        path.touch()
        path.chmod(good)
    prepare.check_readable()
    for path, (good, bad) in paths.items():
        path.chmod(bad)
        with pytest.raises(Trouble, match=rf"can't (enter|read) {path}"):
            prepare.check_readable()
        path.chmod(good)
    inside.parent.chmod(0o700)
    with pytest.raises(Trouble, match=rf"can't enter {inside.parent}, .*: move"):
        prepare.check_readable()


def test_lessons_run_again_for_another_processor_or_packages(
    tmp_path: Path, monkeypatch
):
    cpu, locks = tmp_path / "cpuinfo", {"requirements.lock": "1"}
    monkeypatch.setattr(warm, "CPU", cpu)
    monkeypatch.setattr(warm, "read_stamp", lambda _: locks)

    def target(flags: str, speed: int) -> str:
        cpu.write_text(f"flags\t: {flags}\ncpu MHz\t: {speed}\n", encoding="utf-8")
        return warm.target()

    before = target("sse", 1)
    assert target("sse", 2) == before != target("sse avx", 1)
    locks["requirements-real.lock"] = "2"
    assert target("sse", 1) != before
