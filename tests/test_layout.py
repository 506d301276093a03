"""The lessons in a folder of the learner's: laid, renewed, never over their work."""

import os
from pathlib import Path

import pytest

from llm_lessons_starter.layout import HIDDEN, copy_lessons, folder_for
from llm_lessons_starter.lessons import RECORD

LESSON, GLOSSARY = "04_temperature.ipynb", "glossary.md"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The lessons of a first version."""
    folder = tmp_path / "source"
    folder.mkdir()
    for name in (LESSON, GLOSSARY):
        (folder / name).write_text("as it came")
    return folder


@pytest.fixture
def own(tmp_path: Path, source: Path) -> Path:
    """The learner's folder, in which that version was laid."""
    folder = tmp_path / "mine" / "lessons"
    copy_lessons(source, folder, "llm-lessons")
    return folder


def test_a_newer_version_replaces_only_what_was_left_as_it_came(
    source: Path, own: Path, capsys
):
    (own / LESSON).write_text("my answers")
    for name in (LESSON, GLOSSARY):
        (source / name).write_text("newer")
    copy_lessons(source, own, "llm-lessons")
    assert (own / LESSON).read_text() == "my answers"
    assert (own / GLOSSARY).read_text() == "newer"
    told = capsys.readouterr().out
    assert told.count("\n") == 1 and "`llm-lessons reset 04` makes it so" in told
    copy_lessons(source, own, "llm-lessons")  # said once
    assert (own / LESSON).read_text() == "my answers"
    assert capsys.readouterr().out == ""
    (own / LESSON).write_text("as it came")  # the old version, put there by hand
    copy_lessons(source, own, "llm-lessons")
    assert (own / LESSON).read_text() == "as it came"


def test_files_that_lay_there_before_are_the_learners(source: Path, tmp_path: Path):
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / GLOSSARY).write_text("my own words")
    copy_lessons(source, folder, "llm-lessons")
    assert (folder / GLOSSARY).read_text() == "my own words"
    assert {path.name for path in folder.iterdir()} == {LESSON, GLOSSARY, HIDDEN}
    (folder / LESSON).unlink()
    copy_lessons(source, folder, "llm-lessons")
    assert (folder / LESSON).read_text() == "as it came"  # a lost one is laid again


@pytest.mark.parametrize("record", ["[1, 2", "[7]"], ids=repr)
def test_a_damaged_record_vouches_for_nothing(source: Path, own: Path, record: str):
    (own / HIDDEN / RECORD).write_text(record)
    (own / LESSON).write_text("my answers")
    (source / LESSON).write_text("newer")
    copy_lessons(source, own, "llm-lessons")
    assert (own / LESSON).read_text() == "my answers"


def test_nothing_is_there_by_half(
    source: Path, own: Path, monkeypatch: pytest.MonkeyPatch
):
    (source / LESSON).write_text("newer")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            copy_lessons(source, own, "llm-lessons")
    assert (own / LESSON).read_text() == "as it came"
    copy_lessons(source, own, "llm-lessons")
    assert (own / LESSON).read_text() == "newer"


def test_the_folder_is_named_or_this_one_or_a_new_one(own: Path, tmp_path: Path):
    assert folder_for("", tmp_path) == tmp_path / "llm-lessons"
    assert folder_for("", own) == own
    assert folder_for("evening", own) == own / "evening"
    assert folder_for(str(tmp_path), own) == tmp_path
    assert folder_for("~", own) == Path.home()
