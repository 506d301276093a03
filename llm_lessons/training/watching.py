"""A process beside each host's training, which notices that a host was lost.

A training that waits for a lost host waits for long, and then JAX ends it with a page
of C++. So on each host it is the child of a process that does nothing but watch: over
the child, and over the lines to the other hosts. Host 0 hears all and gives the
verdict.
"""

import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from llm_lessons.training.lines import PAUSE, Line, dismiss, ready
from llm_lessons.training.options import heed_the_scheduler
from llm_lessons.training.places import Place
from llm_lessons.training.roll_call import Facts, enter, free_port, gather, listen
from llm_lessons.training.verdicts import Status, Verdict, was_lost, was_stopped
from llm_lessons_starter.command_line import say

BEAT = 1.0  # seconds between two signs of life
DEAF_TO = (signal.SIGINT, signal.SIGTERM)
STOPPED = 130  # exit code after Ctrl-C


def train_together(
    place: Place,
    facts: Facts,
    wait: float,
    patience: float,
    work: Callable[..., None],
    arguments: Sequence[Any],
) -> Verdict:
    """Find the other hosts, have this one do its work, and watch over all.

    Args:
        place: which host this is.
        facts: what all have to agree on.
        wait: seconds to wait for the others.
        patience: seconds of silence after which a host is lost.
        work: called in a child process with a connection, a file for what C++ prints,
            the address of JAX's service, and then the arguments.
        arguments: what can be pickled.

    Raises:
        Trouble: they don't find each other.
    """
    heed_the_scheduler()
    server = None
    if place.host == 0:
        with listen(place) as server:
            say(f"This is host 0 of {place.hosts}; the others call it at {place} ...")
            lines = gather(place, server, facts, wait)
            port = free_port()
            for line in lines.values():
                line.send({"port": port})
            watch = Watch(place, lines, server, patience)
            return watch.over(work, f"{place.name}:{port}", arguments)
    say(f"This is host {place.host} of {place.hosts}; calling host 0 at {place} ...")
    line, port = enter(place, facts, wait)
    watch = Watch(place, {0: line}, None, patience)
    return watch.over(work, f"{place.name}:{port}", arguments)


class Watch:
    """What one host knows of the job.

    Args:
        lines: to all others on host 0, and elsewhere to host 0.
        server: where latecomers knock, on host 0.
        patience: seconds of silence after which a host is lost.
    """

    def __init__(
        self,
        place: Place,
        lines: dict[int, Line],
        server: socket.socket | None,
        patience: float,
    ):
        self._place, self._lines, self._server = place, lines, server
        self._patience = patience
        self._of = {host: Status() for host in (place.host, *lines)}
        self._beat = self._awake = time.monotonic()
        self._broke: float | None = None

    @property
    def _mine(self) -> Status:
        return self._of[self._place.host]

    def over(
        self, work: Callable[..., None], address: str, arguments: Sequence[Any]
    ) -> Verdict:
        """Start the work in a child, and wait for the end of the job."""
        handle, name = tempfile.mkstemp(prefix="llm-lessons-", suffix=".log")
        os.close(handle)
        context = multiprocessing.get_context("spawn")
        ours, its = context.Pipe()
        child = context.Process(
            target=work, args=(its, Path(name), address, *arguments), daemon=True
        )
        with _deaf():
            child.start()
        its.close()
        now = time.monotonic()
        for line in self._lines.values():
            line.heard = now
        try:
            verdict = None
            while verdict is None:
                verdict = self._turn(child, ours)
        except KeyboardInterrupt:
            verdict = self._stopped()
        child.kill()
        child.join()
        if self._place.host == 0:
            code = min(verdict.code, 1)  # who pressed Ctrl-C has another
            dismiss(self._lines.values(), code, verdict.sentence)
        for line in self._lines.values():
            line.close()
        if self._place.host == 0 and self._mine.step and verdict.code:
            print(file=sys.stderr)  # below the progress bar
        if name not in verdict.sentence:
            os.unlink(name)
        return verdict

    def _turn(self, child: BaseProcess, pipe: Connection) -> Verdict | None:
        """Hear everybody, tell them that this one is there, and judge."""
        doors = [] if self._server is None else [self._server]
        lines = {host: line for host, line in self._lines.items() if not line.closed}
        pipes = [] if pipe.closed else [pipe]
        found = ready([*pipes, *lines.values(), *doors], PAUSE)
        told = asdict(self._mine)
        if pipe in found:
            self._hear_child(child, pipe)
        now = time.monotonic()
        if not _is_stopped(child):
            self._awake = now
        elif now - self._awake > self._patience:
            self._mine.killed = f"it was held for {self._patience:.0f} seconds"
        for host, line in lines.items():
            for message in line.read() if line in found else []:
                if "verdict" in message and host == 0:
                    return Verdict(*message["verdict"])
                names = {field.name for field in fields(Status)}
                if message.keys() == names:
                    self._of[host] = Status(**message)
        if self._server in found and self._server is not None:
            self._turn_away(self._server)
        if now - self._beat > BEAT or told != asdict(self._mine):
            self._beat = now
            for line in lines.values():
                line.send(asdict(self._mine))
        return self._judge(now)

    def _hear_child(self, child: BaseProcess, pipe: Connection) -> None:
        """Note what the training says, or how it ended."""
        try:
            while pipe.poll():
                for name, value in pipe.recv().items():
                    setattr(self._mine, name, value)
        except (EOFError, OSError):
            pipe.close()
            child.join()
            code = child.exitcode or 0
            if self._mine.done or self._mine.failed or self._mine.broken:
                return
            if code in (-signal.SIGABRT, 0) or code > 0:
                self._mine.broken = f"it ended with code {code}"
            else:
                self._mine.killed = f"its training was killed by signal {-code}"

    def _turn_away(self, server: socket.socket) -> None:
        """Tell somebody who comes late that all are there."""
        line = Line(server.accept()[0])
        sentence = (
            f"The training at {self._place} has begun with all its hosts: stop that "
            "one first, or give this one another --coordinator."
        )
        dismiss([line], 1, sentence)

    def _judge(self, now: float) -> Verdict | None:
        """The verdict, where there is one already."""
        if self._place.host != 0:  # waits for what host 0 says, as long as it is there
            how = self._lost(0, now)
            return Verdict(1, was_lost(self._place, self._of, 0, how)) if how else None
        for host, status in self._of.items():
            if status.failed:
                return Verdict(1, status.failed)
            if how := self._lost(host, now):
                return Verdict(1, was_lost(self._place, self._of, host, how))
        if all(status.done for status in self._of.values()):
            return Verdict(0, "")
        broken = {h: one.broken for h, one in self._of.items() if one.broken}
        if broken and self._broke is None:
            self._broke = now
        if self._broke is not None and now - self._broke > self._patience + 2 * BEAT:
            host, words = next(iter(broken.items()))
            return Verdict(1, was_lost(self._place, self._of, host, words))
        return None

    def _lost(self, host: int, now: float) -> str:
        """How a host was lost, if it was."""
        if self._of[host].killed:
            return self._of[host].killed
        line = self._lines.get(host)
        if line is not None and line.closed:
            return "its connection closed"
        if line is not None and now - line.heard > self._patience:
            return f"nothing was heard of it for {self._patience:.0f} seconds"
        return ""

    def _stopped(self) -> Verdict:
        """The verdict after Ctrl-C, for this host and, by host 0, for all."""
        sentence = was_stopped(self._place, self._of)
        self._mine.failed = sentence
        for line in self._lines.values():
            line.send(asdict(self._mine))
        return Verdict(STOPPED, sentence)


def _is_stopped(child: BaseProcess) -> bool:
    """Whether a process is held, as by SIGSTOP; not every system tells."""
    if not hasattr(os, "waitid") or child.pid is None:
        return False
    look = os.WSTOPPED | os.WNOHANG | os.WNOWAIT
    try:
        return os.waitid(os.P_PID, child.pid, look) is not None
    except ChildProcessError:
        return False


@contextmanager
def _deaf() -> Iterator[None]:
    """Let what is started here not hear Ctrl-C, which is for this process to heed."""
    kept = {name: signal.signal(name, signal.SIG_IGN) for name in DEAF_TO}
    try:
        yield
    finally:
        for name, handler in kept.items():
            signal.signal(name, handler)
