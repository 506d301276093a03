"""The ZIP for who leads an evening, and the site: a tiny project, and stand-ins."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from llm_lessons_starter.fresh import all_fresh, fingerprint, write_stamp
from llm_lessons_starter.release import (
    CLICKED,
    PAGE,
    project_files,
    release,
    site,
)
from llm_lessons_starter.trouble import Trouble

ROOT = Path(__file__).resolve().parents[1]
PATHS = re.findall(
    r"`((?:english|lessons|norsk)/[\w./]+)`",
    (ROOT / "handouts/lead.md").read_text("utf-8"),
)
LESSON = "04_temperature"


class Project:
    """A project with one lesson, and programs that write what the real ones would.

    Attributes:
        root: its folder.
        fails: modules that stop.
        lacks: names of files that they don't write.
        draws, asks: whether the room has its figures, and a real model that answers.
    """

    def __init__(self, folder: Path):
        self.root, self.fails, self.lacks = folder / "Lærerens mappe", set(), set()
        self.draws = self.asks = True
        own = ["start.py", "handouts/lead.md", f"notebooks/{LESSON}.ipynb"]
        own += ["llm_lessons/code.py", "tests/test_it.py", ".ci/run", *CLICKED]
        for name in own:
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)
        for command in (["init", "-q"], ["add", "."]):
            subprocess.run(["git", *command], cwd=self.root, check=True)
        (self.root / "notebooks" / "mine.txt").write_text("nobody else's")

    def run(self, command: list[str]) -> int:
        """Write what a program would; its exit code."""
        _, _, module, *arguments = command
        if module in self.fails:
            return 1
        if module == "llm_lessons_room.handouts":
            self._hand_out(Path(arguments[1]), kit="--kit" in arguments)
        elif module == "llm_lessons_room.content":
            self._make_room(Path(arguments[1]))
        else:
            links = "".join(f'<a href="{one}">{one}</a>' for one in PATHS)
            Path(arguments[0]).write_text(f'<a href="#top"></a>{links}')
        return 0

    def _hand_out(self, out: Path, kit: bool) -> None:
        names = {"kit.pdf", "cards.pdf", "cards.html", ".half.pdf"}
        names |= {path.rpartition("/")[2] for path in PATHS if path[-4:] == ".pdf"}
        if not kit:
            names |= {"index.html", f"{LESSON}.html", f"{LESSON}.pdf"}
        out.mkdir(parents=True)
        for name in names - self.lacks:
            (out / name).write_text(f"{name}, {kit}")

    def _make_room(self, out: Path) -> None:
        (out / "figures").mkdir(parents=True, exist_ok=True)
        for name in ("phone.html", "figures/04.json", "evening.json", "evening.lock"):
            (out / name).write_text(name)
        sources = [self.root / "llm_lessons"]
        for part, is_made in (("figures", self.draws), ("real", self.asks)):
            stamp = fingerprint(sources) if is_made else ""
            write_stamp(out, part, ("phone.html",), sources, stamp)

    def release(self) -> bytes:
        """Make the ZIP; its bytes."""
        assert release(self.root, self.run) == 0
        return self.zip.read_bytes()

    @property
    def zip(self) -> Path:
        """Where it is made."""
        return self.root / "build" / "llm-lessons.zip"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    if shutil.which("git") is None:
        pytest.skip("a ZIP is made from a clone")
    return Project(tmp_path)


def test_a_zip_has_all_that_a_leader_prints_opens_and_clicks_on(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    first = project.release()
    told = capsys.readouterr().out.splitlines()
    assert [line[:6] for line in told[:4]] == [f"{n} of 4" for n in range(1, 5)]
    with zipfile.ZipFile(project.zip) as file:
        entries = file.infolist()
        file.extractall(tmp_path / "elsewhere")
    names = [one.filename.removeprefix("llm-lessons/") for one in entries]
    assert names[0] == PAGE and names[1:] == sorted(names[1:])
    assert len(PATHS) > 5 and {*PATHS, *CLICKED} < {*names}
    assert "lessons/start.py" in names and "lessons/build/room/figures/04.json" in names
    assert f"lessons/build/handouts/{LESSON}.html" in names
    assert f"english/{LESSON}.pdf" in names and f"norsk/{LESSON}.pdf" not in names
    for name in names:
        assert not name.endswith(("evening.json", ".lock", "mine.txt", ".half.pdf"))
        assert not name.startswith(("lessons/tests", "lessons/.", "lessons/start.b"))
    for one in entries:
        may_run = one.external_attr >> 16 & 0o111
        assert bool(may_run) == one.filename.endswith((".command", ".desktop"))
    there = tmp_path / "elsewhere" / "llm-lessons"
    assert (there / "norsk" / "kit.pdf").read_text() == "kit.pdf, True"
    assert all_fresh(there / "lessons" / "build" / "room")  # nothing is to be drawn
    (project.root / "start.py").touch()
    assert project.release() == first  # the same files make the same ZIP


def test_what_is_missing_is_named_and_an_older_zip_stays(project: Project, monkeypatch):
    project.asks = False  # a real model's answers aren't missed
    before = project.release()
    project.lacks = {"kit.pdf", f"{LESSON}.html"}
    with pytest.raises(Trouble) as told:
        project.release()
    for name in ("english/kit.pdf", "norsk/kit.pdf", f"handouts/{LESSON}.html"):
        assert name in str(told.value)
    project.lacks, project.draws = set(), False
    with pytest.raises(Trouble, match="would lack a figure of the room"):
        project.release()
    project.fails = {"llm_lessons_room.content"}
    with pytest.raises(Trouble, match="There is no ZIP without the room: mend"):
        project.release()
    monkeypatch.setenv("PATH", "")  # nor git
    with pytest.raises(Trouble, match="from a clone of the project"):
        project.release()
    assert project.zip.read_bytes() == before


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no clone")
def test_nothing_that_the_lessons_need_is_left_out():
    ours = project_files(ROOT)
    for folder in ("data", "handouts", "llm_lessons", "llm_lessons_server"):
        assert any(name.startswith(f"{folder}/") for name in ours)
    wanted = {
        f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("??_*.ipynb")
    }
    wanted |= {"start.py", "pyproject.toml", "requirements.lock", "README.md"}
    assert {name for name in wanted if "(mine" not in name} <= {*ours}
    tops = {name.split("/")[0] for name in ours}
    assert not tops & {"tests", "benchmarks", ".github", *CLICKED}


def test_a_site_is_made_anew_in_two_steps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    made = tmp_path / "build" / "site"
    made.mkdir(parents=True)
    (made / "older.html").touch()
    asked: list[list[str]] = []

    def run(command: list[str]) -> int:
        asked.append(command[2:])
        made.mkdir(exist_ok=True)
        return len(asked) == 5

    assert site(tmp_path, "https://example.org", run) == 0
    assert list(made.iterdir()) == []
    address = ["--address", "https://example.org"]
    assert asked == [
        ["llm_lessons_room.handouts", "--out", str(made), *address],
        ["llm_lessons.pages.site", str(made), *address],
    ]
    assert str(made) in capsys.readouterr().out
    assert site(tmp_path, "", run) == 0
    assert "--address" in capsys.readouterr().out
    with pytest.raises(Trouble, match="There is no site without pages and sheets"):
        site(tmp_path, "", run)
