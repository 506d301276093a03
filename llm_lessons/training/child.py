"""The training on one of several hosts: the child of the process that watches."""

import contextlib
import os
import sys
import threading
import traceback
from argparse import Namespace
from multiprocessing.connection import Connection
from pathlib import Path

from tqdm import tqdm

from llm_lessons.training import hosts
from llm_lessons.training.loop import Trainer
from llm_lessons.training.places import Place
from llm_lessons.training.recipe import train
from llm_lessons_starter.trouble import Trouble


def work(
    pipe: Connection, log: Path, address: str, place: Place, settings: Namespace
) -> None:
    """Train, and tell the watching process how it goes; it ends this one.

    Args:
        pipe: to the watching process.
        log: file for what C++ prints, which only confuses beside the sentences.
        address: of JAX's service on host 0.
        place: which host this is.
        settings: of the command.
    """
    threading.Thread(target=_end_with, args=(pipe,), daemon=True).start()
    tqdm.set_lock(threading.RLock())  # its own would outlive a process that is killed
    _divert(log)

    def tell(trainer: Trainer) -> None:
        pipe.send({"step": trainer.step, "saved": trainer.saved})

    try:
        hosts.use(settings.devices)
        hosts.join(address, place.hosts, place.host)
        train(settings, tell)
    except Trouble as trouble:
        pipe.send({"failed": str(trouble)})
    except Exception as error:  # what JAX raises when another host was lost, too
        log.write_text(log.read_text(errors="replace") + traceback.format_exc())
        lines = str(error).strip().splitlines() or [""]
        kind = "" if isinstance(error, OSError) else f"{type(error).__name__}: "
        words = f"{kind}{lines[0][:200]}"
        pipe.send({"broken": f"{words}; all its words are in {log} there"})
    else:
        pipe.send({"done": True})
    # JAX's own end would wait for the others. This one waits for the verdict on all.
    threading.Event().wait()


def _end_with(pipe: Connection) -> None:
    """End this process with the one that watches it, which never writes."""
    with contextlib.suppress(EOFError, OSError):
        pipe.recv()
    os._exit(1)


def _divert(log: Path) -> None:
    """Let only Python print on the terminal."""
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = getattr(sys, name)
        stream.flush()
        terminal = os.fdopen(os.dup(number), "w", encoding=stream.encoding)
        setattr(sys, name, terminal)
    file = os.open(log, os.O_WRONLY | os.O_APPEND)
    os.dup2(file, 1)
    os.dup2(file, 2)
