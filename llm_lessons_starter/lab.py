"""JupyterLab as the lessons want it: quiet, open at the first of them."""

import json
import os
import platform
import signal
import socket
import subprocess
import webbrowser
from pathlib import Path
from typing import Dict, List, Optional

from llm_lessons_starter import atomic
from llm_lessons_starter.command_line import is_port, perhaps, say
from llm_lessons_starter.installer import ask
from llm_lessons_starter.lessons import lessons_in, read_lesson
from llm_lessons_starter.trouble import Trouble

EXTENSION = "llm-lessons"  # ours, for JupyterLab and Notebook: llm_lessons/web/lab
TOOLS = ("save", "insert", "cut", "copy", "paste", "cellType", "kernelName")
# What JupyterLab does unless the learner settles it otherwise, by its plugins' names.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    # the glossary is shown as text, not as source
    "@jupyterlab/docmanager-extension:plugin": {
        "defaultViewers": {"markdown": "Markdown Preview"}
    },
    # In the list of files, the lessons' names have the whole width.
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},
    # Closing a lesson gives its memory back: three at once would fill 4 GB. What was
    # written stays, for JupyterLab asks to save it before it closes.
    "@jupyterlab/notebook-extension:tracker": {"kernelShutdown": True},
    # Nothing stands around a lesson that isn't the learner's.
    "@jupyterlab/notebook-extension:panel": {
        "toolbar": [{"name": name, "disabled": True} for name in TOOLS]
    },
    "@jupyterlab/statusbar-extension:plugin": {"visible": False},
    # Light and dark as the computer has it; the themes are those of our extension.
    "@jupyterlab/apputils-extension:themes": {
        "theme": "LLM Lessons",
        "adaptive-theme": True,
        "preferred-light-theme": "LLM Lessons",
        "preferred-dark-theme": "LLM Lessons Dark",
    },
}
# Parts of JupyterLab that no learner needs.
UNUSED = (
    "cell-toolbar-extension",
    "debugger-extension",
    "extensionmanager-extension",
    "running-extension",
    "workspaces-extension:sidebar",
)
# What JupyterLab's server does on its own side; the hook is told of in `saving`.
OPTIONS = [
    "--ContentsManager.pre_save_hook=llm_lessons_starter.saving.leave_notes",
    # or each start warns of eavesdroppers, which frightens
    "--KernelManager.transport_encryption=auto",
]

DOCUMENT = "/doc/tree"  # the address at which JupyterLab shows one document at a time
PAGE_CONFIG = "page_config.json"
FACE = "static/face"  # drawings and fonts, which all that we show shares

# What JupyterLab hands on to the notebooks' own Pythons.
KERNELS = {
    "PYTHONSTARTUP": str(Path(__file__).resolve().with_name("at_kernel_start.py"))
}


def lab_command(root: Path, first: str) -> List[str]:
    """The arguments of the Python that opens JupyterLab; says what happens then.

    It shows the folder `root`, and opens the notebook that is called `first` there.
    """
    command = [
        "-m",
        "jupyterlab",
        *OPTIONS,
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url={DOCUMENT}/{first}",
        # quiet, but for the address, which is printed all the same
        "--log-level=ERROR",
        "--LabApp.log_level=ERROR",
        "-y",  # Ctrl-C stops it without a question
    ]
    if is_root():
        command.append("--allow-root")
    if not has_browser():
        command.append("--no-browser")
        say("No browser opens by itself here: copy an address from below into one.")
    say("Starting JupyterLab; keep this window open, Ctrl-C here ends the lessons.")
    return command


def settle_lab(path: Path, lessons: Path) -> None:
    """Write SETTINGS into a file that no other JupyterLab reads, if they lack there.

    A file beside it says what is left out, and which cells of the `lessons` our
    extension may run by itself: their toys, which are then there when a lesson opens.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    page = {
        "disabledExtensions": {f"@jupyterlab/{name}": True for name in UNUSED},
        "llmLessonsToys": json.dumps(toys_in(lessons)),
    }
    for file, values in ((path, SETTINGS), (path.with_name(PAGE_CONFIG), page)):
        atomic.write_changed(file, json.dumps(values, indent=1) + "\n")


def toys_in(lessons: Path) -> List[str]:
    """The code of the cell `toy` of each lesson in a folder."""
    contents = [read_lesson(path) or b'{"cells": []}' for path in lessons_in(lessons)]
    cells = [cell for content in contents for cell in json.loads(content)["cells"]]
    toys = [
        cell for cell in cells if isinstance(cell, dict) and cell.get("id") == "toy"
    ]
    return ["".join(toy.get("source", "")) for toy in toys]


def add_extension(package: Path, extensions: Path) -> None:
    """Put our extension where JupyterLab looks for such; a wheel brings it along.

    Args:
        package: the folder of `llm_lessons`.
        extensions: a folder "labextensions" on Jupyter's path.
    """
    folder = extensions / EXTENSION
    places = {package / "web" / "lab": folder, package / "web" / "face": folder / FACE}
    for source, place in places.items():
        for file in sorted(source.rglob("*")):
            if file.is_file():
                copied = place / file.relative_to(source)
                copied.parent.mkdir(parents=True, exist_ok=True)
                if not copied.is_file() or copied.read_bytes() != file.read_bytes():
                    atomic.write_bytes(copied, file.read_bytes())


def run(command: List[str], cwd: Optional[Path], env: Dict[str, str]) -> int:
    """Run a program with the terminal its own; return its exit code.

    With `cwd=None` it runs in the folder where the command was typed.
    """
    folder = None if cwd is None else str(cwd)
    child = subprocess.Popen(command, cwd=folder, env=env)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # the child got it too, and ends in its own good order


def is_root() -> bool:
    """Whether the administrator of a Unix machine is at work."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_browser() -> bool:
    """Whether a browser could open here; one inside the terminal doesn't count."""
    screen = any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))
    if platform.system() not in ("Darwin", "Windows") and not screen:
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


# ---- Options that somebody typed for it ------------------------------------------

# What JupyterLab and its server know: options that take a value, and flags.
ASK = """
import json
from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp
apps = LabApp(), ServerApp()
known = lambda kind: [name for app in apps for names in getattr(app, kind)
                      for name in ([names] if isinstance(names, str) else names)]
print(json.dumps({"values": known("aliases"), "flags": known("flags")}))
"""
ALWAYS = ["h", "help", "help-all", "version", "V"]


def check_options(arguments: List[str], python: str, command: str) -> None:
    """Raise Trouble at the first option that JupyterLab can't do anything with.

    `python`, on which it runs, is asked what it knows.
    """
    answer = ask([python, "-c", ASK]) if arguments else None
    if answer is None:  # a version that is asked in another way answers for itself
        return
    known = json.loads(answer)
    flags = [*known["flags"], *ALWAYS]
    for place, argument in enumerate(arguments):
        name, equals, value = argument.lstrip("-").partition("=")
        # with a dot, it is one of its settings
        if not argument.startswith("-") or "." in name or name in flags:
            continue
        if name not in known["values"]:
            guess = perhaps(name, [*flags, *known["values"]], "--")
            raise Trouble(
                f"JupyterLab knows no option `--{name}`: {guess}`{command} --help-all` "
                "lists those there are."
            )
        if not equals:
            value = "".join(arguments[place + 1 : place + 2])
        if not value or value.startswith("--"):
            raise Trouble(f"`--{name}` wants a value: `{command} --{name}=...`.")
        check_value(name, value, command)


def check_value(name: str, value: str, command: str) -> None:
    """Raise Trouble where JupyterLab would stop with a traceback, or say nothing."""
    if name == "port" and value != "0" and not is_port(value):
        raise Trouble(
            f"{value!r} is no port: give a whole number up to 65535, as in "
            f"`{command} --port=9000`."
        )
    if name == "ip" and value != "*" and not is_address(value):
        raise Trouble(
            f"{value!r} is no address of this machine: `--ip=127.0.0.1` is the usual "
            "one, and `--ip=0.0.0.0` all of them."
        )


def is_address(name: str) -> bool:
    """Whether a server here could listen to this name or address."""
    try:
        socket.getaddrinfo(name, None)
    except (OSError, ValueError):
        return False
    return True
