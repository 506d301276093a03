"""Files and folders are there whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from llm_lessons_starter import atomic


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


@pytest.mark.parametrize("fails", [1, 2])
def test_a_folder_is_replaced_by_a_complete_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: int
):
    folder, new = tmp_path / "here", atomic.beside(tmp_path / "here", "new")
    for path in (folder, new):
        path.mkdir()
        (path / "text").write_text(path.name)
    calls, rename = [], os.rename

    def refuse(source: str, target: str) -> None:
        calls.append(source)
        if len(calls) >= fails:
            raise PermissionError  # as Windows does while a program runs in there
        rename(source, target)

    monkeypatch.setattr(atomic, "RETRY", 0)
    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", refuse)
        with pytest.raises(PermissionError):
            atomic.replace_folder(folder, new)
    assert len(calls) == fails + atomic.TRIES
    assert (new / "text").read_text() == "here-new"
    assert folder.exists() == (fails == 1)
    atomic.replace_folder(folder, new)
    assert (folder / "text").read_text() == "here-new"
    assert os.listdir(tmp_path) == ["here"]


def test_a_disk_that_knows_no_locks_stops_nobody(tmp_path: Path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with atomic.one_at_a_time(tmp_path / "lock"):
        pass
