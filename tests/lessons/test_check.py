"""The command that measures: what it says to nonsense, before it measures anything."""

import os
import shutil
from pathlib import Path

import pytest

from llm_lessons.foundation.paths import DATA
from llm_lessons.lessons import __main__ as check
from llm_lessons.lessons.card import CARD, card, rows_kept
from llm_lessons.lessons.columns import PARTS, columns, read_model
from llm_lessons.measuring.claims import Row

FOLDER = DATA / "fjord"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders that hold nothing, or a model with something missing or damaged."""
    place = tmp_path_factory.mktemp("folders")
    (place / "file").touch()
    (place / "empty").mkdir()
    for name in ("no ledger", "damaged", "no card", "other", "part"):
        shutil.copytree(FOLDER, place / name)
    (place / "no card" / CARD).unlink()
    rows = [Row("C6", "what", "1", "reported", True)]
    parts = {name: {"part": rows} for name in PARTS}
    whole = card([read_model(place / "part")], parts)
    (place / "part" / CARD).write_text(whole.replace("### flips", "### others"))
    (place / "no ledger" / "ledger.json").unlink()
    (place / "damaged" / "ledger.json").write_text("[1")
    return place


@pytest.fixture
def place(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """These folders, in which nothing is measured."""
    monkeypatch.chdir(folders)

    def refuse(*_: object) -> None:
        raise AssertionError("nonsense is answered before minutes of measuring")

    monkeypatch.setattr(check, "columns", refuse)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--foo"], "unrecognized arguments: --foo: `python3 start.py check --help`"),
        (["--part", "drag"], "invalid choice: 'drag'"),
        (["--folder", "no card", "--part", "bag", "--card"], "can't be read: leave"),
        (
            ["--folder", "other", "--part", "bag", "--card"],
            "of other weights than these",
        ),
        (
            ["--folder", "part", "--part", "bag", "--card"],
            "no rows of these yet: --part flips",
        ),
        (["--folder", "file"], "There is no config.json in file"),
        (["--folder", "empty", "--card"], "There is no config.json in empty"),
        (["--folder", "no ledger"], "ledger.json is missing or damaged"),
        (["--folder", "damaged"], "ledger.json is missing or damaged"),
        (["--folder", str(FOLDER), "nowhere"], "There is no config.json in nowhere"),
    ],
)
def test_nonsense_is_told_in_one_sentence(place, capsys, arguments, sentence):
    assert check.main(arguments) == 1
    output, errors = capsys.readouterr()
    assert output == ""
    assert sentence in errors
    assert errors.count("\n") == 1


@pytest.mark.rest
@pytest.mark.slow
def test_side_by_side_the_figures_are_those_of_one_after_the_other():
    models = [read_model(DATA / name) for name in ("fjord", "fjord-twin")]
    parts = ["flips", "sights"]
    environment = dict(os.environ)
    one, other = (columns(models, parts, processes) for processes in (1, 2))
    assert one == other and os.environ == environment
    assert list(one) == parts
    assert one["flips"]["fjord"] != one["flips"]["fjord-twin"]


def test_some_parts_can_be_measured_alone(capsys):
    code = check.main(["--folder", str(FOLDER), "--part", "flips"])
    output, _ = capsys.readouterr()
    assert code == 0
    assert "chi-square test" in output and "1 goal, 0 missed" in output


@pytest.mark.slow
def test_a_part_is_measured_for_the_card_and_the_other_rows_stay(tmp_path, capsys):
    """A row that says nonsense stays; in the part that is measured, it goes."""
    folders = [tmp_path / name for name in ("fjord", "fjord-twin")]
    for folder in folders:
        shutil.copytree(DATA / folder.name, folder)
    path = folders[0] / CARD
    models = [read_model(folder) for folder in folders]
    before = rows_kept(models)
    row = before["flips"]["fjord"][0]
    nonsense = path.read_text().replace(row.measured, "90 points")
    path.write_text(nonsense.replace("10 bits a token", "9 bits a token"))
    words = ["--card", "--part", "flips", "--folder", *map(str, folders)]
    assert check.main(words) == 0
    after = rows_kept(models)
    assert after["flips"]["fjord"][0].measured != "90 points"
    assert [row.what for row in after["flips"]["fjord"]] == [
        row.what for row in before["flips"]["fjord"]
    ]
    assert after["training"]["fjord"][0].measured == "9 bits a token"
    for name in before.keys() - {"flips", "training"}:
        assert after[name] == before[name]
