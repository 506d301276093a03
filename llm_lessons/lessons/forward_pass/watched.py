"""What a model opens while it answers: files, sockets and programs, counted.

Claim C1: no file, no database, no tool, no web page. Python tells a hook of all that it
is about to open (PEP 578). Once set, a hook stays until the process ends; so `watch` is
for a process that was started for it, as `stateless` does.

Of what machine code opens behind Python's back, no hook is told. A test holds the
system's own count of reads and writes against this one.
"""

import socket
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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
