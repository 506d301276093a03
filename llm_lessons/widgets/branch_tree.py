"""A tree of what could have been said: every path has its probability."""

import heapq
import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import traitlets

from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.sampling.runs import ROWS, Odds, listed, odds_along
from llm_lessons.text.pieces import marks
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import TypedWidget
from llm_lessons.widgets.questions import BRANCHES, fork_of

SURE = 0.99  # a token as likely as this is no choice: it shares the branch before it
NEAR = 2  # choices from the prompt, as far as which forks are read before all others,
RARE = 0.005  # unless they are as rarely reached as this
AHEAD = 40 * ROWS  # forks read ahead
AT_ONCE = 4 * ROWS  # of a text that somebody types: there is a kernel for all others


class _Waiting(NamedTuple):
    """A path whose fork is to be read; the first in order comes first."""

    turn: int  # near ones by their distance, then all others
    minus_chance: float
    choices: int
    path: tuple[int, ...]

    def behind(self, path: tuple[int, ...], share: float) -> "_Waiting":
        chance = -self.minus_chance * share
        choices = self.choices + (share < SURE)
        turn = min(choices, NEAR + 1) if chance > RARE else NEAR + 1
        return _Waiting(turn, -chance, choices, path)


class BranchTree(TypedWidget):
    """At each fork the likeliest next tokens and everything else, with probabilities.

    The forks near the prompt and those on the likeliest paths are read ahead, and so
    open where no kernel is; the kernel reads any other when it is opened. A learner may
    type another text, and another tree grows behind it.

    Args:
        lm: the model that is asked.
        prompt: the text from which all paths go on.

    Attributes:
        path: the token ids of the path that was gone last.

    Raises:
        ValueError: a prompt that means nothing.
    """

    _esm, _css = assets("branch_tree")

    prompt = traitlets.Unicode().tag(sync=True)
    path = traitlets.List(traitlets.Int()).tag(sync=True)

    # A fork's key is the path to it, as token ids joined by dots.
    _forks = traitlets.Dict().tag(sync=True)  # key -> {"likeliest", "others", "rest"}
    _grown = traitlets.Bool(False).tag(sync=True)  # is the fork at the path's end shown
    _pieces = traitlets.Dict().tag(sync=True)  # token id -> its text
    _marks = traitlets.Dict().tag(sync=True)  # token id -> name of what is no text
    _stops = traitlets.List().tag(sync=True)  # token ids behind which nothing comes
    _sure = traitlets.Float(SURE).tag(sync=True)
    _room = traitlets.Int().tag(sync=True)  # tokens behind which the model can look

    @checked()
    def __init__(self, lm: LanguageModel, prompt: str):
        self._lm = lm
        self._ahead = AHEAD
        super().__init__(
            prompt=prompt,
            _stops=list(lm.tokenizer.stops),
            **self._begun_with(prompt),
        )
        self._ahead = AT_ONCE
        self.observe(self._on_text, "prompt")

    def __repr__(self) -> str:
        return f"BranchTree(text={self.text!r}, chance={self.chance:.2g})"

    @property
    def text(self) -> str:
        """Prompt and path as one text."""
        return (self._shown or "") + self._lm.tokenizer.decode(self.path)

    @property
    def chance(self) -> float:
        """The probability of the path: those of its flips, multiplied."""
        forks = (self._forks[_key(self.path[:i])] for i in range(len(self.path)))
        flips = zip(forks, self.path, strict=True)
        return math.prod(dict(fork["likeliest"])[token] for fork, token in flips)

    def _read_text(self, text: str) -> dict[str, Any]:
        self._start = self._lm.encode(text)
        self._room = self._lm.config.max_seq_len - len(self._start)
        begin = {"path": [], "_grown": False}
        return {**begin, **self._with(self._read_ahead())}

    def _read(self, paths: Sequence[tuple[int, ...]]) -> Iterable[Odds]:
        texts = [[*self._start, *path] for path in paths]
        return (listed(odds[-1], BRANCHES) for odds in odds_along(self._lm, texts))

    def _read_ahead(self) -> dict[tuple[int, ...], Odds]:
        """The forks near the prompt, then all others, the likeliest reached first."""
        forks: dict[tuple[int, ...], Odds] = {}
        waiting = [_Waiting(0, -1.0, 0, ())]
        while waiting and len(forks) < self._ahead:
            count = min(ROWS, len(waiting))
            some = [heapq.heappop(waiting) for _ in range(count)]
            read = self._read([one.path for one in some])
            for one, odds in zip(some, read, strict=True):
                forks[one.path] = odds
                for token, share in odds.likeliest:
                    path = (*one.path, token)
                    if self._goes_on(path):
                        heapq.heappush(waiting, one.behind(path, share))
        return forks

    def _goes_on(self, path: tuple[int, ...]) -> bool:
        return path[-1] not in self._lm.tokenizer.stops and len(path) <= self._room

    def _with(self, read: dict[tuple[int, ...], Odds]) -> dict[str, Any]:
        """The traits with these forks."""
        used = {token for odds in read.values() for token, _ in odds.likeliest}
        return {
            "_forks": {_key(path): fork_of(odds) for path, odds in read.items()},
            "_pieces": {str(one): self._lm.tokenizer.pieces[one] for one in used},
            "_marks": marks(self._lm.tokenizer, used),
        }

    @traitlets.validate("path")
    def _check_path(self, proposal: Any) -> list[int]:
        path = proposal.value
        for i, token in enumerate(path):
            fork = self._forks.get(_key(path[:i]))
            if fork is None or token not in dict(fork["likeliest"]):
                raise ValueError(f"{path} is no path in the tree that was opened.")
        return path


def _key(path: Sequence[int]) -> str:
    return ".".join(map(str, path))
