"""Files and folders are there whole or not at all."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from llm_lessons_starter import atomic, successor
from llm_lessons_starter.successor import beside, copy, put_back
from llm_lessons_starter.trouble import Trouble


def test_it_writes_and_writes_over(tmp_path: Path):
    path = tmp_path / "note.txt"
    atomic.write_text(path, "først\n")
    atomic.write_bytes(path, b"then\r\n")
    assert path.read_bytes() == b"then\r\n"
    assert os.listdir(tmp_path) == ["note.txt"]


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path: Path, monkeypatch):
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "note.txt"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", full)  # delayed allocation tells only here
    with pytest.raises(OSError, match="No space left"):
        atomic.write_text(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["note.txt"]


def test_a_kill_while_writing_leaves_the_old_file(tmp_path: Path):
    path = tmp_path / "note.txt"
    path.write_text("old")
    code = (
        "import os, signal, sys; from pathlib import Path;"
        "from llm_lessons_starter import atomic\n"
        "with atomic.replacing(Path(sys.argv[1])) as partial:\n"
        "    partial.write_text('ne'); os.kill(os.getpid(), signal.SIGTERM)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=Path.cwd())
    assert done.returncode != 0
    assert path.read_text() == "old"


def test_a_link_and_the_rights_stay(tmp_path: Path):
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    atomic.write_text(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


# ---- Folders ---------------------------------------------------------------------


def fill(folder: Path, text: str) -> Path:
    """Make a complete folder that says this."""
    folder.mkdir()
    (folder / "text").write_text(text)
    (folder / "complete").touch()
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path / "here", "old")


def test_the_successor_takes_the_place(folder: Path):
    with successor.successor(folder) as new:
        fill(new, "new")
        assert (folder / "text").read_text() == "old"
    assert (folder / "text").read_text() == "new"
    assert os.listdir(folder.parent) == [folder.name]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("rename", [1, 2, None], ids=["first", "second", "before"])
def test_what_fails_leaves_the_folder_as_it_was(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: type[BaseException],
    rename: int | None,
):
    calls: list[Path] = []
    true = successor.rename

    def fails(one: Path, name: Path) -> None:
        calls.append(one)
        if len(calls) == rename:
            raise error
        true(one, name)

    monkeypatch.setattr(successor, "rename", fails)
    with pytest.raises(error), successor.successor(folder) as new:
        fill(new, "new")
        if rename is None:
            raise error
    assert (folder / "text").read_text() == "old"
    assert os.listdir(folder.parent) == [folder.name]


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (["here"], "here"),
        (["here", "here-new"], "here"),
        (["here", "here-old"], "here"),
        (["here-new", "here-old"], "here-new"),
        (["here-old"], "here-old"),
    ],
    ids=str,
)
def test_what_a_kill_left_is_put_back(tmp_path: Path, left: list[str], text: str):
    for name in left:
        fill(tmp_path / name, name)
    put_back(tmp_path / "here", "complete")
    assert (tmp_path / "here" / "text").read_text() == text
    assert not beside(tmp_path / "here", "old").exists()


def test_a_half_made_successor_is_not_put_in_place(tmp_path: Path):
    (fill(tmp_path / "here-new", "new") / "complete").unlink()
    fill(tmp_path / "here-old", "old")
    put_back(tmp_path / "here", "complete")
    assert (tmp_path / "here" / "text").read_text() == "old"


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_copy_leaves_the_last_file_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, links: bool
):
    def refuse(*_: str) -> None:
        raise OSError(errno.EPERM, "this disk knows no second names")

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    new = beside(folder, "new")
    copy(folder, new, but="complete")
    assert os.listdir(new) == ["text"]
    assert (new / "text").read_text() == "old"
    assert os.path.samefile(new / "text", folder / "text") == links


def test_a_copy_that_fills_the_disk_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(source: str, target: str, **_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), target)

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr("shutil.copy2", full)
    with pytest.raises(Trouble, match="The disk is full"):
        copy(folder, beside(folder, "new"), but="complete")


def test_a_disk_that_knows_no_locks_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with successor.one_at_a_time(tmp_path / "lock"):
        pass
