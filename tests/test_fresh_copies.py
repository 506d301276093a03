"""Fresh copies of lessons: damaged ones are mended or refused, and no work is lost."""

import errno
import json
import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.pages import execution
from llm_lessons_starter import atomic
from llm_lessons_starter.lessons import RECORD, Shelf, lay_aside, reset_all
from llm_lessons_starter.trouble import Trouble

NAME = "04_temperature.ipynb"
FRESH = json.dumps({"cells": [{"source": "as it came"}]}).encode()
OWN = json.dumps({"cells": [{"source": "my answers"}]}).encode()
COMMAND = "python3 start.py"


def shelf_in(folder: Path) -> Shelf:
    """A shelf with one lesson, as it came."""
    shelf = Shelf(folder / "notebooks", folder / ".fresh", in_git=True)
    shelf.notebooks.mkdir()
    (shelf.notebooks / NAME).write_bytes(FRESH)
    return shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return shelf_in(tmp_path)


def all_of(shelf: Shelf) -> list[bytes]:
    """What lies beside the lessons, and they."""
    return [path.read_bytes() for path in shelf.notebooks.iterdir() if path.is_file()]


damages = st.one_of(
    st.none(),  # the file is gone
    st.integers(0, len(FRESH) - 1).map(lambda size: FRESH[:size]),
    st.tuples(st.integers(0, len(FRESH) - 1), st.integers(1, 255)).map(
        lambda at: FRESH[: at[0]] + bytes([FRESH[at[0]] ^ at[1]]) + FRESH[at[0] + 1 :]
    ),
    st.binary(max_size=20),
    st.sampled_from([b"{}", b"[]", b"null", b'{"cells": 3}', b"[" * 100_000, OWN]),
)


@given(damage=damages, edited=st.booleans(), record=st.booleans())
def test_no_damaged_copy_is_ever_given_out(
    damage: bytes | None, edited: bool, record: bool
):
    with tempfile.TemporaryDirectory() as folder:
        shelf = shelf_in(Path(folder))
        lay_aside(shelf)
        copy, lesson = shelf.fresh / NAME, shelf.notebooks / NAME
        if damage is None:
            copy.unlink()
        else:
            copy.write_bytes(damage)
        if not record:  # as an older version left it
            (shelf.fresh / RECORD).unlink()
        if edited:
            lesson.write_bytes(OWN)
        own = lesson.read_bytes()
        lay_aside(shelf)
        if record and not edited:
            assert copy.read_bytes() == FRESH
        try:
            reset_all(["4"], shelf, COMMAND)
        except Trouble:
            assert edited or not record
        else:
            given_out = lesson.read_bytes()
            assert isinstance(json.loads(given_out)["cells"], list)
            assert given_out == FRESH or not record
        assert own in all_of(shelf)


def test_a_lesson_that_came_damaged_is_not_laid_aside(shelf: Shelf):
    (shelf.notebooks / NAME).write_bytes(FRESH[:9])
    lay_aside(shelf)
    assert not (shelf.fresh / NAME).exists()


@pytest.mark.parametrize("write", range(2))
def test_a_disk_that_fills_up_at_any_write_costs_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, write: int
):
    """What is written is synced, file and folder: the n-th of these fails."""
    lay_aside(shelf)
    lesson = shelf.notebooks / NAME
    lesson.write_bytes(OWN)
    calls: list[Path] = []

    def synced(path: Path) -> None:
        calls.append(path)
        if len(calls) > write:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "synced", synced)
        with pytest.raises(OSError, match="No space"):
            reset_all(["4"], shelf, COMMAND)
    assert lesson.read_bytes() in (OWN, FRESH)
    assert OWN in all_of(shelf)
    reset_all(["4"], shelf, COMMAND)
    assert lesson.read_bytes() == FRESH and OWN in all_of(shelf)


@pytest.mark.parametrize("what", ["folder", "link", "nothing"])
def test_what_lies_in_a_lessons_place_is_kept(shelf: Shelf, what: str, tmp_path: Path):
    lay_aside(shelf)
    lesson = shelf.notebooks / NAME
    lesson.unlink()
    if what == "folder":
        lesson.mkdir()
    elif what == "link":
        try:
            lesson.symlink_to(tmp_path / "lost" / "lesson")
        except OSError:
            pytest.skip("links need rights on Windows")
    lay_aside(shelf)
    reset_all(["4"], shelf, COMMAND)
    assert lesson.read_bytes() == FRESH and not lesson.is_symlink()
    kept = shelf.notebooks / "04_temperature (mine 1).ipynb"
    assert os.path.lexists(kept) == (what != "nothing")


def test_no_lesson_is_made_fresh_where_another_is_unknown(shelf: Shelf):
    lay_aside(shelf)
    (shelf.notebooks / NAME).write_bytes(OWN)
    with pytest.raises(Trouble, match="no lesson '99'"):
        reset_all(["04", "99"], shelf, COMMAND)
    assert all_of(shelf) == [OWN]
    reset_all(["04", "4", "004"], shelf, COMMAND)
    assert sorted(all_of(shelf)) == sorted([FRESH, OWN])


def test_a_copy_that_the_learner_makes_is_no_lesson(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
):
    lay_aside(shelf)
    copies = ["04_temperature-Copy1.ipynb", "04_temperature (mine 1).ipynb"]
    copies += ["04_temperature 2.ipynb", "04_.ipynb", "04_temperature.ipynb.ipynb"]
    for name in copies:
        (shelf.notebooks / name).write_bytes(OWN)
    (shelf.notebooks / NAME).write_bytes(OWN[:-1] + b" }")
    lay_aside(shelf)
    reset_all(["04"], shelf, COMMAND)
    assert (shelf.notebooks / NAME).read_bytes() == FRESH
    assert all((shelf.notebooks / name).read_bytes() == OWN for name in copies)
    assert sorted(os.listdir(shelf.fresh)) == [NAME, RECORD]
    monkeypatch.setattr(execution, "NOTEBOOKS", shelf.notebooks)
    assert execution.lessons() == [shelf.notebooks / NAME]


def commit(shelf: Shelf, who: str, content: bytes) -> None:
    """Let somebody change the lesson, in a repository that is made if need be."""
    (shelf.notebooks / NAME).write_bytes(content)
    address = {"GIT_AUTHOR_EMAIL": who, "GIT_COMMITTER_EMAIL": who}
    names = {"GIT_AUTHOR_NAME": "a", "GIT_COMMITTER_NAME": "a"}
    for command in (["init", "-q"], ["add", "notebooks"], ["commit", "-qm", "a"]):
        folder = shelf.notebooks.parent
        environment = {**os.environ, **names, **address}
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True)


NEWER = json.dumps({"cells": [{"source": "newer, as it came"}]}).encode()
OTHERS, LEARNER = "us@example.org", "learner@example.org"


@pytest.mark.parametrize("copy", [True, False])
@pytest.mark.parametrize(
    ("commits", "fresh"),
    [
        ([(OTHERS, FRESH)], FRESH),
        ([(OTHERS, FRESH), (LEARNER, OWN)], FRESH),
        ([(OTHERS, FRESH), (OTHERS, NEWER)], NEWER),
        ([(OTHERS, FRESH), (LEARNER, OWN), (OTHERS, NEWER)], NEWER),
        ([(OTHERS, FRESH), (OTHERS, NEWER), (LEARNER, OWN)], NEWER),
        ([(LEARNER, FRESH), (LEARNER, OWN)], FRESH),  # who unpacked an archive
    ],
)
def test_what_the_learner_commits_is_theirs_and_what_they_pull_is_fresh(
    shelf: Shelf,
    monkeypatch: pytest.MonkeyPatch,
    commits: list[tuple[str, bytes]],
    fresh: bytes,
    copy: bool,
):
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", LEARNER)
    monkeypatch.setenv("GIT_COMMITTER_NAME", "a")
    for who, content in commits:
        commit(shelf, who, content)
        lay_aside(shelf)
    if not copy:
        (shelf.fresh / NAME).unlink()
        if {who for who, _ in commits} == {LEARNER}:
            with pytest.raises(Trouble, match="No fresh copy of 04_temperature"):
                reset_all(["04"], shelf, COMMAND)
            return
    (shelf.notebooks / NAME).write_bytes(OWN[:-1] + b" }")
    reset_all(["04"], shelf, COMMAND)
    assert (shelf.notebooks / NAME).read_bytes() == fresh
    lay_aside(shelf)
    reset_all(["04"], shelf, COMMAND)
    assert (shelf.notebooks / NAME).read_bytes() == fresh
