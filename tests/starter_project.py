"""A copy of start.py in an empty folder, with a pretended installer."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "llm_lessons_starter"

# Stands in for uv: makes a bare environment and installs nothing, keeping a diary. What
# it finds in the files `venv` and `sync` happens when an environment has been made, and
# when packages are to be installed.
UV = """\
#!{python}
import pathlib, sys, time
here, arguments = pathlib.Path(__file__).parent, sys.argv[1:]
with open(here / "diary", "a") as diary:
    print(*arguments, file=diary)
if arguments[0] == "venv":
    made, python = pathlib.Path(arguments[-1]), pathlib.Path({python!r}).resolve()
    (made / "bin").mkdir(parents=True)
    (made / "bin/python").symlink_to(python)
    (made / "lib" / python.name / "site-packages").mkdir(parents=True)
    (made / "pyvenv.cfg").write_text(f"home = {{python.parent}}\\n")
    exec((here / "venv").read_text())
if arguments[:2] == ["pip", "sync"]:
    print("Downloading a-package (1.0MiB)", flush=True)
    exec((here / "sync").read_text())
"""

# Stands in for the programs that start.py runs: says how it was called.
PROGRAM = "import os, sys; print('ran', *sys.argv[1:], 'in', os.getcwd())"


class Project:
    """A copy of start.py in an empty folder, with a pretended uv on the path."""

    def __init__(self, folder: Path):
        if os.name == "nt":
            pytest.skip("the pretended uv is a script with a shebang line")
        self.root = folder / "Lærerens mappe"  # a space and a letter beyond ASCII
        self.tools = folder / "tools"
        packages = [self.root / f"llm_lessons{end}" for end in ("", "_room", "_server")]
        for made in (*packages, self.tools):
            made.mkdir(parents=True)
        shutil.copy(ROOT / "start.py", self.root)
        shutil.copytree(ROOT / PACKAGE, self.root / PACKAGE)
        for kind in ("", "-real", "-test"):
            (self.root / f"requirements{kind}.lock").write_text("")
        programs = ["pytest.py", "jupyterlab.py", "llm_lessons/training.py"]
        programs += ["llm_lessons_server/__main__.py", "llm_lessons_room/server.py"]
        for name in programs:
            (self.root / name).write_text(PROGRAM)
        (self.tools / "uv").write_text(UV.format(python=sys.executable))
        (self.tools / "uv").chmod(0o755)
        self.at_sync("")
        self.at_venv("")

    def at_sync(self, code: str) -> None:
        """Let the pretended uv do this when it is asked to install packages."""
        (self.tools / "sync").write_text(code)

    def at_venv(self, code: str) -> None:
        """Let the pretended uv do this when it has made an environment."""
        (self.tools / "venv").write_text(code)

    def popen(
        self, *arguments: str, env: dict[str, str] | None = None
    ) -> "subprocess.Popen[str]":
        """Start `start.py`, from another folder than its own."""
        path = {"PATH": f"{self.tools}{os.pathsep}{os.environ['PATH']}"}
        return subprocess.Popen(
            [sys.executable, str(self.root / "start.py"), *arguments],
            cwd=self.tools,
            env=path | (env or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def start(
        self, *arguments: str, env: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """The exit code, output and errors of `start.py` with these arguments."""
        process = self.popen(*arguments, env=env)
        output, errors = process.communicate(timeout=60)
        return process.returncode, output, errors

    def opens(self, *arguments: str) -> str:
        """What a start prints that ends well and runs something."""
        code, output, errors = self.start(*arguments)
        assert (code, errors) == (0, "") and "ran" in output, output + errors
        return output

    def folders(self) -> list[str]:
        """The environments that are there, complete, half-made and old ones."""
        return sorted(path.name for path in self.root.glob(".venv*/"))

    def diary(self) -> list[str]:
        """What uv was asked to do since the last look, but for its version."""
        diary = self.tools / "diary"
        lines = diary.read_text().splitlines() if diary.exists() else []
        diary.unlink(missing_ok=True)
        return [line for line in lines if line != "--version"]
