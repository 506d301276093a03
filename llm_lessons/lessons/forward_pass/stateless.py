"""No memory: the same text gives the same bits, again, and in a program just started.

Claims C1 and C4: the model is stateless, and while it answers it opens nothing. Run as
a program, with a model's name, this module is the other side: it reads a text from its
input, and writes which process it is, the fingerprint of the scores, and what was
opened while it worked.
"""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass

import numpy as np

from llm_lessons.foundation.checks import checked
from llm_lessons.foundation.paths import ROOT
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.forward_pass import watched
from llm_lessons.lessons.forward_pass.watched import Opened


def fingerprint(scores: np.ndarray) -> str:
    """SHA-256 over every bit of the scores: it changes if a single one does."""
    return hashlib.sha256(np.asarray(scores, "<f4").tobytes()).hexdigest()


@dataclass(frozen=True)
class Sameness:
    """The fingerprints of the scores after one text, from three calls.

    Attributes:
        prompt: the text.
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


def main() -> None:
    """Answer from a process of its own: its number, the fingerprint, what it opened."""
    from llm_lessons.language_model.loading import load

    lm, prompt = load(sys.argv[1]), sys.stdin.buffer.read().decode()
    found = fingerprint(lm.logits(prompt))
    print(json.dumps([os.getpid(), found, vars(watched.watch(lm, prompt))]))


if __name__ == "__main__":
    main()
