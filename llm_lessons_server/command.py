"""How a server of this package starts: its command line, and a quiet end before it."""

import os
import signal
from importlib import import_module


def run(service: str, description: str | None, what: str, **more: dict) -> int:
    """Carry out a server's command line; every failure is one sentence, exit code 1.

    Args:
        service: the module whose `serve(folder=..., port=..., room=...)` serves.
        description: what `--help` says of it.
        what: lies in the folder that it serves.
        more: options of its own, by their names, as `argparse` takes them.
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # nothing is running yet
        signal.signal(number, lambda *_: os._exit(0))
    # only now what takes a while, so that an early Ctrl-C is quiet, too
    import argparse
    from pathlib import Path

    from llm_lessons_starter.command_line import carry_out

    serve = import_module(service).serve
    name = service.rpartition(".")[0]
    parser = argparse.ArgumentParser(prog=name, description=description)
    parser.add_argument("folder", type=Path, help=what)
    parser.add_argument("--port", type=int, help="this one or none")
    parser.add_argument("--room", action="store_true", help="for all on the network")
    for option, settings in more.items():
        parser.add_argument(f"--{option.replace('_', '-')}", **settings)
    options = parser.parse_args()
    return carry_out(lambda: serve(**vars(options)))
