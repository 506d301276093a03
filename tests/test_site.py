"""The command that makes a folder for the web, with stand-ins for its parts."""

from pathlib import Path

import pytest
import yaml

import start
from llm_lessons_starter.site import PAGES, site
from llm_lessons_starter.trouble import Trouble

ROOT = Path(__file__).resolve().parents[1]


class Programs:
    """What writes the files, and keeps the command lines."""

    def __init__(self, *without: str, fails: str = ""):
        self.without, self.fails = without, fails
        self.asked: list[list[str]] = []

    def run(self, command: list[str]) -> int:
        _, _, module, *arguments = command
        self.asked.append([module, *arguments])
        if module == self.fails:
            return 1
        names = {
            "llm_lessons_room.handouts": PAGES[:2],
            "llm_lessons.pages.site": PAGES[2:],
        }
        out = Path(next(one for one in arguments if "site" in one))
        out.mkdir(parents=True, exist_ok=True)
        for name in names[module]:
            if name not in self.without:
                (out / name).write_text(name)
        return 0


def test_a_site_is_made_anew_in_two_steps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    made = tmp_path / "build" / "site"
    made.mkdir(parents=True)
    (made / "older.html").touch()
    programs = Programs()
    assert site(tmp_path, "https://example.org", programs.run) == 0
    assert {path.name for path in made.iterdir()} == set(PAGES)
    address = ["--address", "https://example.org"]
    assert programs.asked == [
        ["llm_lessons_room.handouts", "--out", str(made), *address],
        ["llm_lessons.pages.site", str(made), *address],
    ]
    told = capsys.readouterr().out.splitlines()
    assert [line[:6] for line in told[:2]] == ["1 of 2", "2 of 2"]
    assert str(made) in told[2] and len(told) == 3


def test_without_an_address_it_says_what_is_missing(tmp_path: Path, capsys):
    programs = Programs()
    assert site(tmp_path, "", programs.run) == 0
    assert all("--address" not in one for one in programs.asked)
    assert "--address" in capsys.readouterr().out


def test_a_part_that_fails_or_is_missing_is_named(tmp_path: Path):
    failing = Programs(fails="llm_lessons_room.handouts")
    with pytest.raises(Trouble, match="no site without pages and sheets"):
        site(tmp_path, "", failing.run)
    with pytest.raises(Trouble, match=r"lacks sw\.js"):
        site(tmp_path, "", Programs("sw.js").run)


def test_the_host_publishes_it():
    text = (ROOT / ".github" / "workflows" / "site.yml").read_text("utf-8")
    assert "Not run yet" in text
    workflow = yaml.load(text, yaml.BaseLoader)
    steps = workflow["jobs"]["site"]["steps"]
    [made] = [one["run"] for one in steps if "run" in one]
    assert made.startswith("python start.py site --address")
    assert "site" in start.COMMANDS
    [kept] = [one["with"] for one in steps if "artifact" in one.get("uses", "")]
    assert kept == {"path": "build/site"}
