"""What XLA compiled is kept where it can be, shared, and never in the way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from llm_lessons.foundation import compiled
from llm_lessons_starter.installer import ROOT

CALCULATE = """
import warnings
warnings.simplefilter("error")
import llm_lessons as ll, jax
import matplotlib.pyplot
jax.jit(lambda x: x * 3 + 1)(2.0)
print(jax.config.jax_compilation_cache_dir)
"""
REST = pytest.mark.rest  # each starts processes that import JAX, about a rare place
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and rights of Unix")


def calculate(home: Path, shared: Path | None = None, *before: str) -> str:
    """The folder that a fresh process uses, after it compiled something."""
    unwanted = ("JAX_COMPILATION_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA")
    env = {name: text for name, text in os.environ.items() if name not in unwanted}
    env |= {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*before, sys.executable, "-c", CALCULATE],
        cwd=ROOT,
        env=env | ({compiled.SHARED: str(shared)} if shared else {}),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and not done.stderr, done.stderr
    return done.stdout.strip()


def files(folder: Path) -> dict[str, int]:
    return {path.name: path.lstat().st_mtime_ns for path in folder.iterdir()}


@POSIX
def test_a_shared_folder_is_read_and_never_written(tmp_path: Path):
    first = Path(calculate(tmp_path / "administrator"))
    made = files(first)
    assert made
    own = Path(calculate(tmp_path / "ida", first))
    assert own.is_relative_to(tmp_path / "ida") and files(own).keys() == made.keys()
    assert all(path.is_symlink() for path in own.iterdir()), "nothing compiled anew"
    assert files(first) == made


@POSIX
def test_links_follow_the_shared_folder(tmp_path: Path, monkeypatch):
    shared, own = tmp_path / "shared", tmp_path / "own"
    shared.mkdir()
    (shared / "a-cache").write_text("a")
    (shared / "b-cache").write_text("b")
    own.mkdir()
    (own / "a-cache").write_text("mine")
    assert compiled.folder_for(own, str(shared)) == own
    assert (own / "a-cache").read_text() == "mine"
    assert (own / "b-cache").read_text() == "b"
    (shared / "b-cache").rename(shared / "c-cache")  # made anew, with a newer JAX
    assert compiled.folder_for(own, str(shared)) == own
    assert sorted(files(own)) == ["a-cache", "c-cache"]
    assert compiled.folder_for(own, str(tmp_path / "not there")) == own
    # where there is no home, nothing is made
    monkeypatch.chdir(tmp_path)
    before = files(tmp_path)
    assert compiled.folder_for(Path("~/.cache/llm_lessons"), "") is None
    assert compiled.folder_for(Path("~/x"), str(shared)) == shared
    assert files(tmp_path) == before


@REST
@POSIX
def test_a_home_that_cant_be_written_costs_no_word(tmp_path: Path):
    home, shared = tmp_path / "home", tmp_path / "shared"
    home.touch()  # not even the administrator can make a folder in a file
    shared.mkdir()
    assert calculate(home) == "None"
    assert calculate(home, shared) == str(shared)
