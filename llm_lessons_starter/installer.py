"""uv, which installs everything: found or fetched, run, and its progress shown."""

import importlib.util
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import List, Optional, Sequence

from llm_lessons_starter.command_line import say
from llm_lessons_starter.trouble import AGAIN, Trouble, from_installer

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
REAL_LOCK = ROOT / "requirements-real.lock"  # the real model, and GPT-4's vocabulary
TEST_LOCK = ROOT / "requirements-test.lock"  # what the tests need besides
LEAN = "--without-real-model"  # the option that leaves REAL_LOCK out
TOOLS = ROOT / ".venv-tools"  # holds uv where the machine has none
ONE_START = ROOT / ".venv.lock"  # whoever holds it may change what is installed
UV = "uv==0.13.9"
# With these, pip would install elsewhere; its index and proxy are the person's own.
ASTRAY = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_DRY_RUN"}
SIGN_OF_LIFE = 15  # seconds of silence after which a line says that work goes on

# The first words of the installer's lines that are worth a learner's while.
PROGRESS = {"Using", "Creating", "Resolved", "Prepared", "Installed"}
PROGRESS |= {"Downloading", "Downloaded"}


def program(environment: Path, name: str) -> str:
    if os.name == "nt":
        return str(environment / "Scripts" / f"{name}.exe")
    return str(environment / "bin" / name)


def ask(command: List[str]) -> Optional[str]:
    """What a short command prints, or None where it is missing or fails."""
    try:
        return subprocess.check_output(
            command, stderr=subprocess.DEVNULL, universal_newlines=True
        ).strip()
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def install(command: List[str], cwd: Path = ROOT) -> None:
    """Run an installer, showing its progress; raise Trouble if it fails."""
    patience = os.environ.get("UV_HTTP_TIMEOUT", "120")  # seconds: classroom wifi
    env = {name: text for name, text in os.environ.items() if name not in ASTRAY}
    with subprocess.Popen(
        command,
        cwd=str(cwd),
        env=dict(env, UV_HTTP_TIMEOUT=patience),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        close_fds=False,  # it inherits the lock that `one_at_a_time` holds
    ) as process:
        output = show_progress(process)
    if process.returncode != 0:
        raise from_installer(output)


def show_progress(process: "subprocess.Popen[str]") -> str:
    """Print an installer's progress as it comes, and return all that it printed."""
    output, over, news = "", False, threading.Event()

    def remind() -> None:
        silence = 0
        while not over:
            silence = 0 if news.wait(SIGN_OF_LIFE) else silence + SIGN_OF_LIFE
            news.clear()
            if silence:
                say(f"  ... still at work, nothing new for {silence} s")

    reminder = threading.Thread(target=remind, daemon=True)
    reminder.start()
    try:
        for line in process.stdout or ():
            output += line
            news.set()
            first = line.split()[:1]
            if PROGRESS.intersection(first) and "environment at" not in line:
                say("  " + line.strip())
    finally:  # after Ctrl-C too, which the installer got as well
        process.wait()
        over = True
        news.set()
    return output


def find_uv(source: Sequence[str] = ()) -> str:
    """The path of a uv that runs; it is brought in with pip where there is none.

    Args:
        source: options that tell pip where from.
    """
    own = program(TOOLS, "uv")
    for candidate in (shutil.which("uv"), own):
        if candidate and ask([candidate, "--version"]) is not None:
            return candidate
    make_tools(source)
    return own


def make_tools(source: Sequence[str] = ()) -> None:
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        raise Trouble(
            "This Python lacks its venv and pip modules: install them (on Debian and "
            f"Ubuntu with `sudo apt install python3-venv`) and {AGAIN}."
        )
    say("Fetching uv, which installs the rest (about 20 MB, once) ...")
    install([sys.executable, "-m", "venv", "--clear", str(TOOLS)])
    pip = [program(TOOLS, "python"), "-m", "pip", "--disable-pip-version-check"]
    install([*pip, "install", "--no-input", *source, UV])
    if not os.path.exists(program(TOOLS, "uv")):
        raise Trouble(
            "pip has put uv elsewhere: remove `target`, `prefix` and `root` from "
            f"pip's settings (`pip config list` shows them) and {AGAIN}."
        )
