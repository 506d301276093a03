"""Files and folders are there whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from llm_lessons_starter import atomic, successor
from llm_lessons_starter.successor import beside, copy, put_back
from llm_lessons_starter.trouble import Trouble


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "target")


def test_a_file_is_written_over_whole_or_not_at_all(tmp_path: Path, monkeypatch):
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    atomic.write_text(real, "først\n")
    real.chmod(0o640)
    link.symlink_to(real)
    atomic.write_bytes(link, b"then\r\n")
    assert link.is_symlink() and stat.S_IMODE(real.stat().st_mode) == 0o640
    monkeypatch.setattr(os, "fsync", full)  # delayed allocation tells only here
    with pytest.raises(OSError, match="No space left"):
        atomic.write_text(real, "new")
    assert real.read_bytes() == b"then\r\n"
    assert sorted(os.listdir(tmp_path)) == ["link.txt", "real.txt"]


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


@pytest.mark.parametrize("fails", [1, 2, None])
@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_folder_is_replaced_or_stays_as_it_was(
    folder: Path, monkeypatch, fails: int | None, error: type[BaseException]
):
    calls: list[Path] = []
    true = successor.rename

    def rename(one: Path, name: Path) -> None:
        calls.append(one)
        if len(calls) == fails:
            raise error
        true(one, name)

    with monkeypatch.context() as patched:
        patched.setattr(successor, "rename", rename)
        with pytest.raises(error), successor.successor(folder) as new:
            fill(new, "new")
            if fails is None:
                raise error
    assert (folder / "text").read_text() == "old"
    with successor.successor(folder) as new:
        fill(new, "new")
        assert (folder / "text").read_text() == "old"
    assert (folder / "text").read_text() == "new"
    assert os.listdir(folder.parent) == [folder.name]


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (["here", "here-new", "here-old"], "here"),
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


def test_a_copy_leaves_the_last_file_out(folder: Path, monkeypatch):
    linked, copied, lacking = (folder.with_name(name) for name in ("a", "b", "c"))
    copy(folder, linked, but="complete")
    monkeypatch.setattr(os, "link", full)  # as a disk that knows no second names
    copy(folder, copied, but="complete")
    for one in (linked, copied):
        assert os.listdir(one) == ["text"] and (one / "text").read_text() == "old"
        assert os.path.samefile(one / "text", folder / "text") == (one == linked)
    monkeypatch.setattr("shutil.copy2", full)
    with pytest.raises(Trouble, match="The disk is full"):
        copy(folder, lacking, but="complete")


def test_a_disk_that_knows_no_locks_stops_nobody(tmp_path: Path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with successor.one_at_a_time(tmp_path / "lock"):
        pass
