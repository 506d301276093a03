"""The command that measures: what it says to nonsense, before it measures anything."""

import os
import shutil
from pathlib import Path

import pytest

from llm_lessons.foundation.paths import DATA
from llm_lessons.lessons import __main__ as check
from llm_lessons.lessons.columns import columns, read_model

FOLDER = DATA / "fjord"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file, a model without its ledger, and one whose is no JSON."""
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    for name in ("no ledger", "damaged"):
        shutil.copytree(FOLDER, tmp_path / name)
    (tmp_path / "no ledger" / "ledger.json").unlink()
    (tmp_path / "damaged" / "ledger.json").write_text("[1")
    monkeypatch.chdir(tmp_path)

    def refuse(*_: object) -> None:
        raise AssertionError("nonsense is told before three minutes of measuring")

    monkeypatch.setattr(check, "columns", refuse)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--foo"], "unrecognized arguments: --foo: `python3 start.py check --help`"),
        (["--part", "drag"], "invalid choice: 'drag'"),
        (["--part", "bag", "--card"], "A card tells every figure"),
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
    assert list(one) == ["fjord", "fjord-twin"] and one["fjord"] != one["fjord-twin"]


def test_some_parts_can_be_measured_alone(capsys):
    code = check.main(["--folder", str(FOLDER), "--part", "flips"])
    output, _ = capsys.readouterr()
    assert code == 0
    assert "chi-square test" in output and "2 figures in" in output
    assert "all within bounds" in output
