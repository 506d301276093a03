"""Run a module so that Ctrl-C before it is ready prints no traceback.

`python -m llm_lessons_starter.quietly MODULE` is `python -m MODULE`, but that Ctrl-C
ends it at once while its imports go on, which takes a second. It is ready when it has
settled what Ctrl-C does: JupyterLab does so itself, the others by `ready`.
"""

import os
import runpy
import signal
import sys
from typing import List

STOPPED = b"\nStopped: nothing had begun yet.\n"


def quietly(command: List[str]) -> List[str]:
    """The arguments of a Python that runs a module, from those that begin with -m."""
    return ["-m", "llm_lessons_starter.quietly", *command[1:]]


def leave(*_: object) -> None:
    os.write(1, STOPPED)
    os._exit(130)


def ready() -> None:
    """Let Ctrl-C raise KeyboardInterrupt again, where `main` has changed that."""
    if signal.getsignal(signal.SIGINT) is leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def main() -> None:
    # who starts this in the background may have Ctrl-C ignored
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, leave)
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    from llm_lessons_starter import quietly as importable

    importable.main()  # whose `leave` is the one that `ready` knows
