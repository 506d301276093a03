"""Files are there whole or not at all."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from llm_lessons_starter import atomic


def test_it_writes_and_writes_over(tmp_path: Path):
    path = tmp_path / "note.txt"
    atomic.write_text(path, "først\n")
    atomic.write_bytes(path, b"then\r\n")
    assert path.read_bytes() == b"then\r\n"
    assert os.listdir(tmp_path) == ["note.txt"]


def test_the_old_file_outlives_a_failure(tmp_path: Path):
    path = tmp_path / "note.txt"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), atomic.replacing(path) as partial:
        partial.write_text("ne")
        raise ZeroDivisionError
    assert path.read_text() == "old"
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


def test_a_block_that_writes_nothing_is_told(tmp_path: Path):
    with pytest.raises(FileNotFoundError), atomic.replacing(tmp_path / "note.txt"):
        pass
