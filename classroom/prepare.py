#!/usr/bin/env python3
"""Make all that a server for a class needs, once: `python3 classroom/prepare.py`.

It can be run again at any time, and only does what is missing. Stop the hub before you
do so after an update. `README.md` beside it tells of the whole way.

    --without-real-model  leave SmolLM2 out
    --server-only         leave the hub's proxy out, where another hub starts servers
    --lessons 00 02       run these lessons only to fill the cache, and not all
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from classroom.places import (
    COMPILED,
    HUB,
    HUB_LOCK,
    JUPYTER,
    MADE,
    PROXY,
    PROXY_LOCK,
    PROXY_PROGRAM,
    ROOT,
    node_folder,
)
from llm_lessons_starter import atomic
from llm_lessons_starter.command_line import carry_out, say
from llm_lessons_starter.environment import STAMP, fill, make_environment, python_of
from llm_lessons_starter.from_wheel import LAB_SETTINGS
from llm_lessons_starter.installer import (
    ENVIRONMENT,
    LEAN,
    LOCK,
    ONE_START,
    REAL_LOCK,
    ask,
    find_uv,
    install,
    program,
)
from llm_lessons_starter.lab import add_extension, settle_lab
from llm_lessons_starter.lessons import lessons_in
from llm_lessons_starter.trouble import AGAIN, Trouble

SERVER, LESSONS = "--server-only", "--lessons"


def main(arguments: List[str]) -> int:
    """Carry out the command line."""
    if {"-h", "--help"} & {*arguments}:
        say((__doc__ or "").strip())
        return 0
    os.umask(0o022)  # others have to read what is made here
    left = [one for one in arguments if one not in (LEAN, SERVER)]
    known = [path.name[:2] for path in lessons_in(ROOT / "notebooks")]
    if left and (left[0] != LESSONS or not left[1:] or set(left[1:]) - set(known)):
        raise Trouble(
            f"`{' '.join(left)}` says nothing here: there are {LEAN}, {SERVER}, and "
            f"{LESSONS} with their numbers, such as 00 02."
        )
    make_environment([LOCK] if LEAN in arguments else [LOCK, REAL_LOCK])
    with atomic.one_at_a_time(ONE_START):
        make_hub()
        if SERVER not in arguments:
            make_proxy()
    point_to_lessons()
    compile_modules()
    check_readable()
    warm(left[1:])
    say("All is ready: classroom/README.md says how to start the hub.")
    return 0


def make_hub() -> None:
    """An environment for the hub and the learners' servers, exactly as it is locked."""
    stamp, pins = HUB / STAMP, HUB_LOCK.read_text(encoding="utf-8")
    # None, too, where an update of the system removed it
    wanted = f"python {python_of(HUB)}\n{pins}"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    say("Making an environment for JupyterHub in build/classroom/hub ...")
    uv = find_uv()
    python = os.path.realpath(program(ENVIRONMENT, "python"))
    if python_of(HUB) is None or python_of(HUB) != python_of(ENVIRONMENT):
        install([uv, "venv", "--clear", "--python", python, str(HUB)])
    fill(uv, HUB, [HUB_LOCK])
    if python_of(HUB) is None:
        raise Trouble(f"The hub's Python doesn't run: remove {HUB}, and {AGAIN}.")
    atomic.write_text(stamp, f"python {python_of(HUB)}\n{pins}")


def make_proxy() -> None:
    """configurable-http-proxy, exactly as it is locked; if that fails, as it was."""
    lock = (PROXY_LOCK / "package-lock.json").read_bytes()
    done = "installed.json"
    complete = (PROXY / done).exists() and (PROXY / PROXY_PROGRAM).is_file()
    if complete and (PROXY / done).read_bytes() == lock:
        return
    say("Fetching JupyterHub's proxy ...")
    MADE.mkdir(parents=True, exist_ok=True)
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--omit=dev"]
    options.append("--prefer-offline")
    npm = str(node_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    new = atomic.beside(PROXY, "new")
    atomic.remove(new)
    new.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(str(PROXY_LOCK / name), str(new / name))
    install([program(node_folder(), "node"), npm, "ci", *options], cwd=new)
    if not (new / PROXY_PROGRAM).is_file():
        raise Trouble(f"npm brought no proxy: {AGAIN}, and report it if it stays.")
    atomic.write_bytes(new / done, lock)
    atomic.replace_folder(PROXY, new)


def point_to_lessons() -> None:
    """Tell the learners' JupyterLab where the lessons' Python is, and how to look."""
    kernel = {
        "argv": [
            program(ENVIRONMENT, "python"),
            *("-m", "ipykernel_launcher", "-f", "{connection_file}"),
        ],
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "env": {"LLM_LESSONS_COMPILED": str(COMPILED)},
        "metadata": {"debugger": True},
    }
    # by this name, which the lessons ask for, it stands before the server's own Python
    folder = JUPYTER / "kernels" / "python3"
    folder.mkdir(parents=True, exist_ok=True)
    atomic.write_text(folder / "kernel.json", json.dumps(kernel, indent=1) + "\n")
    settle_lab(JUPYTER / LAB_SETTINGS, ROOT / "notebooks")
    add_extension(ROOT / "llm_lessons", JUPYTER / "labextensions")


def compile_modules() -> None:
    """Compile the package's modules, which the learners can't keep there."""
    folders = [str(ROOT / name) for name in ("llm_lessons", "llm_lessons_starter")]
    for environment in (ENVIRONMENT, HUB):
        python = program(environment, "python")
        subprocess.call([python, "-m", "compileall", "-q", *folders])


# Of a folder what others can't read, or not enter or run though its owner may.
CLOSED = "! -type l ( ! -perm -o=r -o -perm -u=x ! -perm -o=x ) -print -quit"


def check_readable() -> None:
    """Raise Trouble where learners can't come to the lessons or to their Python."""
    python = Path(os.path.realpath(program(ENVIRONMENT, "python")))
    remedies = {
        ROOT: "move the lessons' folder to /opt, or open that folder with `chmod a+x`",
        python: "install a Python for all (on Debian with `sudo apt install python3`), "
        "remove .venv and build/classroom/hub",
    }
    for needed, remedy in remedies.items():
        for folder in [needed, *needed.parents]:
            if not folder.stat().st_mode & 0o001:
                raise Trouble(
                    f"Learners can't enter {folder}, on the way to {needed}: {remedy}, "
                    f"and {AGAIN}."
                )
    path = ask(["find", str(ROOT), "-name", ".git", "-prune", "-o", *CLOSED.split()])
    if path is None:
        raise Trouble(f"`find` couldn't look through {ROOT}: see to it, and {AGAIN}.")
    if path:
        raise Trouble(
            f"Learners can't read {path}: do `chmod -R a+rX {ROOT}`, and {AGAIN}."
        )


def warm(numbers: List[str]) -> None:
    """Run lessons, so that what XLA compiles for them is there for all.

    Args:
        numbers: how their files begin; all lessons if there are none.
    """
    environment: Dict[str, str] = dict(
        os.environ,
        JAX_COMPILATION_CACHE_DIR=str(COMPILED),
        JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS="0",
        JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES="-1",
    )
    say("Running lessons, so that all learners find what is compiled for them ...")
    command = [program(ENVIRONMENT, "python"), str(ROOT / "classroom" / "warm.py")]
    MADE.mkdir(parents=True, exist_ok=True)
    if subprocess.call([*command, *numbers], cwd=str(ROOT), env=environment):
        raise Trouble(
            f"A lesson stopped; its last words stand above: mend it, {AGAIN}."
        )


if __name__ == "__main__":
    sys.exit(carry_out(lambda: main(sys.argv[1:])))
