"""Fresh copies of lessons: damaged ones are mended or refused, and no work is lost."""

import errno
import json
import os
import subprocess
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_lessons.pages import execution
from llm_lessons_starter import atomic
from llm_lessons_starter.lessons import RECORD, LessonFolders, reset_all, save_copies
from llm_lessons_starter.trouble import Trouble

NAME = "04_temperature.ipynb"
FRESH = json.dumps({"cells": [{"source": "as it came"}]}).encode()
OWN = json.dumps({"cells": [{"source": "my answers"}]}).encode()
COMMAND = "python3 start.py"


def shelf_in(folder: Path) -> LessonFolders:
    """A folders with one lesson, as it came."""
    folders = LessonFolders(folder / "notebooks", folder / ".fresh", in_git=True)
    folders.notebooks.mkdir()
    (folders.notebooks / NAME).write_bytes(FRESH)
    return folders


@pytest.fixture
def folders(tmp_path: Path) -> LessonFolders:
    return shelf_in(tmp_path)


def all_of(folders: LessonFolders) -> list[bytes]:
    """What lies beside the lessons, and they."""
    return [path.read_bytes() for path in folders.notebooks.iterdir() if path.is_file()]


damages = st.one_of(
    st.none(),  # the file is gone
    st.integers(0, len(FRESH) - 1).map(lambda size: FRESH[:size]),
    st.tuples(st.integers(0, len(FRESH) - 1), st.integers(1, 255)).map(
        lambda at: FRESH[: at[0]] + bytes([FRESH[at[0]] ^ at[1]]) + FRESH[at[0] + 1 :]
    ),
    st.binary(max_size=20),
    st.sampled_from([b"{}", b"[]", b"null", b'{"cells": 3}', b"[" * 100_000, OWN]),
)


@mock.patch.object(atomic, "sync", lambda path: None)  # which takes its time
@given(damage=damages, edited=st.booleans(), record=st.booleans())
def test_no_damaged_copy_is_ever_given_out(
    damage: bytes | None, edited: bool, record: bool
):
    with tempfile.TemporaryDirectory() as folder:
        folders = shelf_in(Path(folder))
        save_copies(folders)
        copy, lesson = folders.fresh / NAME, folders.notebooks / NAME
        if damage is None:
            copy.unlink()
        else:
            copy.write_bytes(damage)
        if not record:  # as an older version left it
            (folders.fresh / RECORD).unlink()
        if edited:
            lesson.write_bytes(OWN)
        own = lesson.read_bytes()
        save_copies(folders)
        if record and not edited:
            assert copy.read_bytes() == FRESH
        try:
            reset_all(["4"], folders, COMMAND)
        except Trouble:
            assert edited or not record
        else:
            given_out = lesson.read_bytes()
            assert isinstance(json.loads(given_out)["cells"], list)
            assert given_out == FRESH or not record
        assert own in all_of(folders)


def test_a_disk_that_fills_up_at_any_write_costs_nothing(
    folders: LessonFolders, monkeypatch
):
    save_copies(folders)
    lesson = folders.notebooks / NAME
    for whole in (0, 1):  # what is written is synced, file and folder
        lesson.write_bytes(OWN)
        calls: list[Path] = []

        def sync(path: Path, calls=calls, whole=whole) -> None:
            calls.append(path)
            if len(calls) > whole:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patched:
            patched.setattr(atomic, "sync", sync)
            with pytest.raises(OSError, match="No space"):
                reset_all(["4"], folders, COMMAND)
        assert lesson.read_bytes() in (OWN, FRESH)
        assert OWN in all_of(folders)
        reset_all(["4"], folders, COMMAND)
        assert lesson.read_bytes() == FRESH and OWN in all_of(folders)
        for kept in folders.notebooks.glob("*mine*"):
            kept.unlink()


def test_what_lies_in_a_lessons_place_is_kept(folders: LessonFolders, tmp_path: Path):
    lesson = folders.notebooks / NAME
    save_copies(folders)
    lesson.unlink()
    reset_all(["4"], folders, COMMAND)
    assert lesson.read_bytes() == FRESH and len(all_of(folders)) == 1
    lesson.unlink()
    lesson.mkdir()
    reset_all(["4"], folders, COMMAND)
    assert lesson.read_bytes() == FRESH
    assert (folders.notebooks / "04_temperature (mine 1).ipynb").is_dir()
    lesson.unlink()
    try:
        lesson.symlink_to(tmp_path / "lost" / "lesson")
    except OSError:
        pytest.skip("links need rights on Windows")
    save_copies(folders)
    reset_all(["4"], folders, COMMAND)
    assert lesson.read_bytes() == FRESH and not lesson.is_symlink()
    assert (folders.notebooks / "04_temperature (mine 2).ipynb").is_symlink()


def test_only_lessons_are_laid_aside_and_made_fresh(
    folders: LessonFolders, monkeypatch: pytest.MonkeyPatch
):
    damaged = folders.notebooks / "05_training.ipynb"
    damaged.write_bytes(FRESH[:9])
    save_copies(folders)
    damaged.unlink()
    copies = ["04_temperature-Copy1.ipynb", "04_temperature (mine 1).ipynb"]
    copies += ["04_temperature 2.ipynb", "04_.ipynb", "04_temperature.ipynb.ipynb"]
    for name in copies:
        (folders.notebooks / name).write_bytes(OWN)
    (folders.notebooks / NAME).write_bytes(OWN[:-1] + b" }")
    save_copies(folders)
    with pytest.raises(Trouble, match="no lesson '99'"):
        reset_all(["04", "99"], folders, COMMAND)
    assert FRESH not in all_of(folders)  # none, where one is unknown
    reset_all(["04", "4", "004"], folders, COMMAND)
    assert (folders.notebooks / NAME).read_bytes() == FRESH
    assert len(all_of(folders)) == 2 + len(copies)
    assert all((folders.notebooks / name).read_bytes() == OWN for name in copies)
    assert sorted(os.listdir(folders.fresh)) == [NAME, RECORD]
    monkeypatch.setattr(execution, "NOTEBOOKS", folders.notebooks)
    assert execution.lessons() == [folders.notebooks / NAME]


def commit(folders: LessonFolders, who: str, content: bytes) -> None:
    """Let somebody change the lesson, in a repository that is made if need be."""
    (folders.notebooks / NAME).write_bytes(content)
    address = {"GIT_AUTHOR_EMAIL": who, "GIT_COMMITTER_EMAIL": who}
    names = {"GIT_AUTHOR_NAME": "a", "GIT_COMMITTER_NAME": "a"}
    for command in (["init", "-q"], ["add", "notebooks"], ["commit", "-qm", "a"]):
        folder = folders.notebooks.parent
        environment = {**os.environ, **names, **address}
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True)


NEWER = json.dumps({"cells": [{"source": "newer, as it came"}]}).encode()
OTHERS, LEARNER = "us@example.org", "learner@example.org"


@pytest.mark.parametrize(
    ("commits", "fresh"),
    [
        ([(OTHERS, FRESH), (LEARNER, OWN), (OTHERS, NEWER)], NEWER),
        ([(OTHERS, FRESH), (OTHERS, NEWER), (LEARNER, OWN)], NEWER),
        ([(LEARNER, FRESH), (LEARNER, OWN)], FRESH),  # who unpacked an archive
    ],
)
def test_what_the_learner_commits_is_theirs_and_what_they_pull_is_fresh(
    folders: LessonFolders,
    monkeypatch: pytest.MonkeyPatch,
    commits: list[tuple[str, bytes]],
    fresh: bytes,
):
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", LEARNER)
    monkeypatch.setenv("GIT_COMMITTER_NAME", "a")
    for who, content in commits:
        commit(folders, who, content)
        save_copies(folders)
    for _ in range(2):
        (folders.notebooks / NAME).write_bytes(OWN[:-1] + b" }")
        reset_all(["04"], folders, COMMAND)
        assert (folders.notebooks / NAME).read_bytes() == fresh
    (folders.fresh / NAME).unlink()
    (folders.notebooks / NAME).write_bytes(OWN)
    if {who for who, _ in commits} == {LEARNER}:
        with pytest.raises(Trouble, match="No fresh copy of 04_temperature"):
            reset_all(["04"], folders, COMMAND)
    else:
        reset_all(["04"], folders, COMMAND)
        assert (folders.notebooks / NAME).read_bytes() == fresh
