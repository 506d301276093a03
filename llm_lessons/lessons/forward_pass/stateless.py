"""No memory, and nothing opened: the same bits again, and in a program just started.

Claims C1 and C4: the model is stateless, and while it answers it opens no file, no
socket and no program. Run as a program, with a model's name, this module is the other
side: it reads a text from its input, and writes which process it is, the fingerprint of
the scores, and what was opened while it worked.

Python tells a hook of all that it is about to open (PEP 578). Once set, a hook stays
until the process ends; so `watch` is for a process that was started for it. Of what
machine code opens behind Python's back, no hook is told: a test holds the system's own
count of reads and writes against this one.
"""

import hashlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.paths import ROOT
from llm_lessons.language_model import LanguageModel

TOKENS = 40  # that are written under watch
# How the names of such events begin.
KINDS = {
    "files": ("open",),
    "sockets": ("socket.", "urllib.", "http."),
    "programs": ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork"),
}


@dataclass(frozen=True)
class Opened:
    """What was opened.

    Attributes:
        tokens: how many tokens the model wrote under watch.
        answering: how many files, sockets and programs were opened by that.
        on_purpose: the same for a file and a socket that were opened afterwards, to see
            whether the hook is told of any.
    """

    tokens: int
    answering: dict[str, int]
    on_purpose: dict[str, int]

    def sentence(self) -> str:
        """What was seen, and that something would have been."""
        seen = ", ".join(f"{n or 'no'} {name}" for name, n in self.answering.items())
        works = self.on_purpose["files"] and self.on_purpose["sockets"]
        proof = "were seen" if works else "were not seen, so this proves nothing"
        return (
            f"Under watch, it then worked out these scores again and wrote "
            f"{self.tokens} tokens, and opened {seen}. (A file and a socket that we "
            f"opened afterwards, on purpose, {proof}.)"
        )


@dataclass(frozen=True)
class Sameness:
    """The fingerprints of the scores after one text, from three calls.

    Attributes:
        count: how many scores there are.
        calls: fingerprints of two calls here, and of one in a fresh process.
        processes: the numbers that the system gave to this process and to that one.
        opened: what the fresh process opened while it answered once more, under watch.
    """

    prompt: str
    count: int
    calls: tuple[str, str, str]
    processes: tuple[int, int]
    opened: Opened

    @property
    def same(self) -> bool:
        """Whether all three agree in every bit."""
        return len(set(self.calls)) == 1

    def sentence(self) -> str:
        """What was compared, and how it came out."""
        here, elsewhere = self.processes
        result = (
            "the same in every one of them"
            if self.same
            else "not the same in all of them; that should not be"
        )
        return (
            f"{self.count:,} scores of 32 bits each, from two calls in process {here} "
            f"and one in process {elsewhere}, started just for this: "
            f"{32 * self.count:,} bits, {result}."
        )


@checked()
def compare(lm: LanguageModel, prompt: str) -> Sameness:
    """Ask the same thing twice here and once in a fresh process; takes seconds.

    Args:
        lm: a model that `load` finds by its name, as it was loaded.

    Raises:
        RuntimeError: the fresh process did not answer; says what it wrote.
    """
    first, second = lm.logits(prompt), lm.logits(prompt)
    process, third, opened = _elsewhere(lm.name, prompt)
    calls = fingerprint(first), fingerprint(second), third
    return Sameness(prompt, first.size, calls, (os.getpid(), process), opened)


def fingerprint(scores: np.ndarray) -> str:
    """SHA-256 over every bit of the scores: it changes if a single one does."""
    return hashlib.sha256(np.asarray(scores, "<f4").tobytes()).hexdigest()


def _elsewhere(name: str, prompt: str) -> tuple[int, str, Opened]:
    done = subprocess.run(
        [sys.executable, "-m", __name__, name],
        input=prompt.encode(),
        capture_output=True,
        cwd=ROOT,
    )
    if done.returncode:
        error = done.stderr.decode(errors="replace").strip()
        raise RuntimeError(f"The fresh process stopped: {error}")
    process, found, opened = json.loads(done.stdout.decode().splitlines()[-1])
    return process, found, Opened(**opened)


def watch(lm: LanguageModel, prompt: str) -> Opened:
    """Let a model answer under watch.

    Leaves a hook in this process. The first answer is not watched: it compiles the
    program, which reads files.
    """
    answer(lm, prompt)
    events: list[str] = []
    sys.addaudithook(lambda event, _: events.append(event))
    events.clear()
    tokens = answer(lm, prompt)
    answering = counts(events)
    events.clear()
    with tempfile.TemporaryFile(), socket.socket():
        pass
    return Opened(tokens, answering, counts(events))


def answer(lm: LanguageModel, prompt: str) -> int:
    """Work out the scores and write on; returns how many pieces were written."""
    lm.logits(prompt)
    return len(list(lm.stream(prompt, TOKENS)))


def counts(events: Sequence[str]) -> dict[str, int]:
    """How many of the events open a thing of each kind."""
    found = Counter(
        kind
        for event in events
        for kind, beginnings in KINDS.items()
        if event.startswith(beginnings)
    )
    return {kind: found[kind] for kind in KINDS}


def main() -> None:
    """Answer from a process of its own: its number, the fingerprint, what it opened."""
    from llm_lessons.language_model.loading import load

    lm, prompt = load(sys.argv[1]), sys.stdin.buffer.read().decode()
    found = fingerprint(lm.logits(prompt))
    print(json.dumps([os.getpid(), found, vars(watch(lm, prompt))]))


if __name__ == "__main__":
    main()
