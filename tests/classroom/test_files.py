"""What an administrator copies or runs: settings, a unit, an image, sentences."""

import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import yaml
from traitlets.config.loader import Config, PyFileConfigLoader

from classroom import places, prepare
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
def test_the_hub_reads_who_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    Path("learners.txt").write_text("Ida\n\n  ole \n", encoding="utf-8-sig")
    c = settings()
    assert c.Authenticator.allowed_users == {"ida", "ole"}
    assert "admin_users" not in c.Authenticator
    Path("leaders.txt").write_text("lea", encoding="utf-8")
    c = settings()
    assert c.Authenticator.allowed_users == {"ida", "ole", "lea"}
    assert c.Authenticator.admin_users == {"lea"}
    assert c.Spawner.cmd == SERVER
    assert [one["services"] for one in c.JupyterHub.load_roles] == [["idle-culler"]]


@MODE
def test_a_hub_without_learners_says_so(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match=r"There is no .*learners\.txt: write"):
        settings()


@MODE
@pytest.mark.parametrize(
    "text", [b"", b"\n \n", b"ida\nole hansen", b"../ida", b"\xff"]
)
def test_names_that_cant_be_accounts_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bytes
):
    monkeypatch.chdir(tmp_path)
    Path("learners.txt").write_bytes(text)
    with pytest.raises(SystemExit, match=r"learners\.txt .*an account: write one name"):
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


@pytest.mark.parametrize(
    "words", [["--lesson", "00"], ["--lessons"], ["--lessons", "99"], ["00"], ["²"]]
)
def test_what_prepare_does_not_know_it_names(words: list[str]):
    with pytest.raises(Trouble, match=f"^`{' '.join(words)}` says nothing here: "):
        prepare.main(words)


@MODE
def test_a_place_that_learners_cant_enter_is_named(tmp_path: Path, monkeypatch):
    inside = tmp_path / "closed" / "lessons"
    inside.mkdir(parents=True)
    temporary = Path(tempfile.gettempdir()).resolve()
    for folder in (inside, *inside.parents):
        if temporary in folder.resolve().parents:  # what pytest made, for itself alone
            folder.chmod(0o755)
    monkeypatch.setattr(prepare, "ROOT", inside)
    prepare.check_readable()
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
