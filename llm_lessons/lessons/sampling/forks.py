"""Forks behind a prompt: what may come behind each path, the likeliest paths first."""

import heapq
from typing import NamedTuple

from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.sampling.runs import ROWS, Odds, listed, odds_along

BRANCHES = 5  # of a fork; all other tokens share one more
SURE = 0.99  # a token as likely as this is no choice: it shares the branch before it
NEAR = 2  # choices from the prompt, as far as which forks are read before all others,
RARE = 0.005  # unless they are as rarely reached as this

type Path = tuple[int, ...]  # token ids behind the prompt


class _Waiting(NamedTuple):
    """A path whose fork is to be read; the first in order comes first."""

    turn: int  # near ones by their distance, then all others
    minus_chance: float
    choices: int
    path: Path

    def behind(self, path: Path, share: float) -> "_Waiting":
        chance = -self.minus_chance * share
        choices = self.choices + (share < SURE)
        turn = min(choices, NEAR + 1) if chance > RARE else NEAR + 1
        return _Waiting(turn, -chance, choices, path)


def forks_ahead(lm: LanguageModel, prompt: str, most: int) -> dict[Path, Odds]:
    """The forks near the prompt, then all others, the likeliest reached first."""
    start = lm.encode(prompt)
    room = lm.config.max_seq_len - len(start)
    forks: dict[Path, Odds] = {}
    waiting = [_Waiting(0, -1.0, 0, ())]
    while waiting and len(forks) < most:
        some = [heapq.heappop(waiting) for _ in range(min(ROWS, len(waiting)))]
        read = odds_along(lm, [[*start, *fork.path] for fork in some])
        for fork, odds in zip(some, read, strict=True):
            forks[fork.path] = listed(odds[-1], BRANCHES)
            for token, share in forks[fork.path].likeliest:
                path = (*fork.path, token)
                if token not in lm.tokenizer.stops and len(path) <= room:
                    heapq.heappush(waiting, fork.behind(path, share))
    return forks
