"""What runs come from, and what is kept while that is the same."""

import json
from pathlib import Path

import pytest

from llm_lessons.pages import sources
from llm_lessons.pages.sources import code_and_data, fingerprint, kept
from tests.pages.test_execution import notebook


def test_code_scripts_and_data_count_and_what_is_made_of_runs_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sources, "PACKAGE", tmp_path / "package")
    monkeypatch.setattr(sources, "DATA", tmp_path / "data")
    names = ("package/widgets/race.py", "package/web/lib/tree.js", "data/fjord/a.json")
    others = ("package/pages/page.py", "package/model/__pycache__/a.pyc")
    for name in (*names, *others):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text("1")

    def changes(name: str) -> bool:
        before = code_and_data.__wrapped__()
        (tmp_path / name).write_text((tmp_path / name).read_text() + "1")
        return before != code_and_data.__wrapped__()

    assert all(map(changes, names)) and not any(map(changes, others))


def test_what_a_notebook_last_showed_is_no_source(tmp_path: Path):
    path = notebook(tmp_path, "1 + 1", "2 + 2")
    before = fingerprint(path)
    table = json.loads(path.read_text("utf-8"))
    table["cells"][0] |= {"execution_count": 3, "outputs": [{"output_type": "stream"}]}
    path.write_text(json.dumps(table))
    assert fingerprint(path) == before
    assert fingerprint(path, "more()") != before
    assert fingerprint(path, told={"a": "b"}) != before
    table["cells"][0]["source"] = ["1 + 2"]
    path.write_text(json.dumps(table))
    assert fingerprint(path) != before


def test_it_is_made_once_and_anew_for_each_change_or_damage(tmp_path: Path) -> None:
    path, made = tmp_path / "there" / "one.json", []

    def asked(*told: str) -> list[int]:
        return kept(path, told, lambda: made.append(told) or [len(made)])

    assert [asked("a", "b"), asked("a", "b")] == [[1], [1]]
    assert [asked("ab"), asked("a", "c"), asked("a", "b")] == [[2], [3], [4]]
    for n, text in enumerate(("", "{", "[]", '{"from": 1}', '"text"', "null"), 5):
        path.write_text(text)
        assert asked("a", "b") == asked("a", "b") == [n]
    # and where nothing can be written, it is made
    assert kept(path / "one.json", ["a"], lambda: "one") == "one"
