"""What one clicks on instead of typing: it finds a Python, or says what to click."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.starter_project import PROGRAM, ROOT

NAMES = ("start", "room")
WORDS = {"start": [], "room": ["room", "--room"]}
MISSING = "Python is missing"
FAILS = "#!/bin/sh\nexit 1\n"
unix = pytest.mark.skipif(os.name == "nt", reason="these are for a Unix shell")


class Desktop:
    """A folder as somebody has unpacked it, and a computer that has few programs.

    Attributes:
        folder: of the double-click files.
        lessons: of start.py.
    """

    def __init__(self, folder: Path, inside: str = ""):
        self.folder = folder / "Lærerens mappe på USB"
        self.lessons = self.folder / inside
        self.lessons.mkdir(parents=True)
        for name in NAMES:
            for kind in ("command", "desktop"):
                shutil.copy(ROOT / f"{name}.{kind}", self.folder)
        (self.lessons / "start.py").write_text(PROGRAM)
        self._programs = folder / "programs"
        self._programs.mkdir()
        for name in ("sh", "dirname", "uname"):
            (self._programs / name).symlink_to(str(shutil.which(name)))

    def add(self, name: str, script: str) -> None:
        """Put a program on the path."""
        path = self._programs / name
        path.unlink(missing_ok=True)
        path.write_text(script)
        path.chmod(0o755)

    def add_python(self, name: str = "python3") -> None:
        self.add(name, f"#!/bin/sh\nexec '{sys.executable}' \"$@\"\n")

    def run(self, *command: str, path: str = "") -> tuple[int, str]:
        """The exit code and the output of a command, from another folder."""
        done = subprocess.run(
            command,
            cwd=self._programs,
            env={"PATH": f"{self._programs}{path}", "PYTHONUTF8": "1"},
            input="\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=60,
        )
        return done.returncode, done.stdout

    def click(self, name: str, path: str = "") -> tuple[int, str]:
        """Double-click on a file for macOS."""
        return self.run(str(self.folder / f"{name}.command"), path=path)

    def ran(self, name: str) -> tuple[int, str]:
        """The same where start.py is started."""
        return 0, " ".join(["ran", *WORDS[name], "in", str(self.lessons)]) + "\n"


@unix
@pytest.mark.parametrize("inside", ["", "lessons"], ids=["beside", "in a ZIP"])
def test_a_double_click_does_what_the_command_does(tmp_path: Path, inside: str):
    desktop = Desktop(tmp_path, inside)
    desktop.add_python()
    for name in NAMES:
        assert desktop.click(name) == desktop.ran(name)
    for code, stays in ((0, False), (130, False), (3, True)):
        program = f"print('why'); raise SystemExit({code})"
        (desktop.lessons / "start.py").write_text(program)
        found, said = desktop.click("start")
        assert (found, "Press Enter" in said) == (code, stays)
        assert said.startswith("why\n")


@unix
def test_without_a_python_one_sentence_says_what_to_click(tmp_path: Path):
    desktop = Desktop(tmp_path)
    for _ in range(2):
        code, said = desktop.click("room")
        assert code == 1
        first, _, last = said.splitlines()
        assert first.startswith(MISSING) and "python.org" in first
        assert "Press Enter" in last
        desktop.add("python3", FAILS)  # as one that is too old, or none
    desktop.add_python("python")  # another name is tried
    assert desktop.click("start") == desktop.ran("start")


@pytest.mark.skipif(
    not Path("/usr/bin/python3").exists() or Path("/usr/bin/python").exists(),
    reason="wants a python3 where a Mac has its own, and no other",
)
def test_apples_offer_to_install_tools_is_no_python(tmp_path: Path):
    desktop = Desktop(tmp_path)
    desktop.add("uname", "#!/bin/sh\necho Darwin\n")
    desktop.add("xcode-select", FAILS)
    assert MISSING in desktop.click("start", ":/usr/bin")[1]
    desktop.add("xcode-select", "#!/bin/sh\n")
    assert desktop.click("start", ":/usr/bin") == desktop.ran("start")


@unix
def test_a_desktop_entry_starts_what_lies_beside_it(tmp_path: Path):
    desktop = Desktop(tmp_path)
    desktop.add_python()
    for name in NAMES:
        assert os.access(ROOT / f"{name}.desktop", os.X_OK)
        file = configparser.RawConfigParser(delimiters="=", strict=True)
        file.read(ROOT / f"{name}.desktop", encoding="utf-8")
        keys = file["Desktop Entry"]
        assert keys["Type"] == "Application" and keys["Terminal"] == "true"
        # quoted twice, as the Desktop Entry Specification wants it (1.5)
        line = keys["Exec"].replace("\\\\", "\\").replace("\\$", "$")
        own = str(desktop.folder / f"{name}.desktop")
        command = [own if one == "%k" else one for one in shlex.split(line)]
        assert command.count(own) == 1 and not any("%" in one for one in command)
        assert desktop.run(*command) == desktop.ran(name)


# The commands of Windows' shell that a file may begin a line with.
COMMANDS = {"call", "cd", "echo", "echo.", "exit", "goto", "if", "pause", "pushd"}
COMMANDS |= {"rem", "set", "setlocal", "%run%", "@echo"}


@pytest.mark.parametrize("name", NAMES)
def test_what_windows_runs_is_written_for_its_shell(name: str):
    content = (ROOT / f"{name}.bat").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 5
    text = content.decode("ascii").replace("\r\n", "\n")
    labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    assert {*re.findall(r"goto (\w+)", text)} == labels
    for line in filter(None, text.splitlines()):
        assert line.startswith(":") or line.split()[0].lower() in COMMANDS, line
        assert line.count('"') % 2 == 0, line
    for file in re.findall(r"[\w~%]+\.(?:py|bat)\b", text):
        assert (ROOT / file.removeprefix("%~dp0")).is_file(), file
    # Windows' own stand-in for Python runs no code; without words it opens the Store
    asked = re.findall(r"^%run% (.*)$", text, re.MULTILINE)
    assert all(one.startswith(('-c "import sys; ', "start.py %*")) for one in asked)
    assert name == "start" or f'call "%~dp0start.bat" {" ".join(WORDS[name])}\n' in text
