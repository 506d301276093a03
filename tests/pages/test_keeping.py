"""What is kept is used again, and only while all that it came from is the same."""

from pathlib import Path

import pytest

from llm_lessons.pages.keeping import kept


def test_it_is_made_once_and_anew_for_each_change(tmp_path: Path) -> None:
    path, made = tmp_path / "there" / "one.json", []

    def asked(*told: str) -> list[int]:
        return kept(path, told, lambda: made.append(told) or [len(made)])

    assert [asked("a", "b"), asked("a", "b")] == [[1], [1]]
    assert [asked("ab"), asked("a", "c"), asked("a", "b")] == [[2], [3], [4]]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"from": 1}', '"text"', "null"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, text: str) -> None:
    (path := tmp_path / "one.json").write_text(text)
    assert kept(path, ["a"], lambda: "new") == "new"
    assert kept(path, ["a"], lambda: "other") == "new"


def test_where_nothing_can_be_written_it_is_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "one.json"
    assert kept(path, ["a"], lambda: "one") == "one"
