"""Remix or recital: the longest stretch of a text that stands in Fjordby word for word.

Claim C12: mostly the output is a remix that matches no document. For stories drawn at
temperature 1 it is measured how much of each the longest stretch makes up, beside as
many fresh stories by Fjordby's recipe. These are made of the same sentences, so a new
one has pieces of old ones even where nobody copies.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from llm_lessons import fjordby
from llm_lessons.checks import checked
from llm_lessons.fjordby import stories
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.lossy_zip.matches import Match, longest_matches
from llm_lessons.measuring.intervals import Median, Share, median, share
from llm_lessons.measuring.kept import Experiment

BEGINNING = "Once upon a time"
STORIES = 20
UNREAD = 1  # a seed of stories that the class model has not read


@dataclass(frozen=True)
class Remix:
    """How much of each text is one stretch of the corpus.

    Attributes:
        matches: of what the model wrote.
        fresh: of stories by Fjordby's recipe that nobody read: the control.
    """

    matches: tuple[Match, ...]
    fresh: tuple[Match, ...]

    @property
    def by_chance(self) -> Median:
        """Median of the longest match's share of a fresh story."""
        return median(match.share for match in self.fresh)

    @property
    def longest(self) -> Median:
        """Median of the longest match's share of its text."""
        return median(match.share for match in self.matches)

    @property
    def words(self) -> Median:
        """Median of the longest match's number of words."""
        return median(match.words for match in self.matches)

    @property
    def whole(self) -> Share:
        """Share of the texts that stand in the corpus from first letter to last."""
        return share(match.share == 1 for match in self.matches)

    @property
    def middle(self) -> Match:
        """The text whose longest match is the middle one, or the next longer."""
        ordered = sorted(self.matches, key=lambda match: match.share)
        return ordered[len(ordered) // 2]

    def sentence(self) -> str:
        """What was measured, in numbers."""
        whole = sum(match.share == 1 for match in self.matches)
        return (
            f"Of {len(self.matches)} new stories, {whole or 'none'} "
            f"{'stands' if whole == 1 else 'stand'} in Fjordby from the first letter "
            f"to the last. The longest piece that Fjordby has word for word makes up "
            f"{round(100 * self.longest.median)}\u00a0% of a story, or "
            f"{self.words.median:g} words (the median: half have more, half less)."
        )

    def control(self) -> str:
        """The same for fresh stories, and whether Fjord repeats more than they do."""
        own, fresh = self.longest, self.by_chance
        copies = "So Fjord repeats more than chance brings."
        if own.low <= fresh.high:
            copies = "So such pieces agree by chance; they are no sign of copying."
        return (
            "In fresh stories by Fjordby's recipe, which nobody read, the longest such "
            f"piece makes up {_percent(fresh)}. {copies}"
        )


@checked(n=range(1, 10_001))
def remix(lm: LanguageModel, n: int = STORIES, seed: int = 0) -> Remix:
    """Draw n stories at temperature 1, and look for each in all that the model read.

    As many fresh stories stand beside them. A bar in the notebook shows how far it is.
    """
    own, fresh = _written(lm, [BEGINNING] * n, seed), unread(BEGINNING, n)
    documents = fjordby.build().documents
    found = longest_matches([*own, *fresh], (one.text for one in documents))
    return Remix(tuple(found[:n]), tuple(found[n:]))


def unread(beginning: str, n: int) -> list[str]:
    """Returns n stories by Fjordby's recipe that stand nowhere in it.

    Each begins as given, as the model's do.
    """
    documents = fjordby.build().documents
    read = {text for section, text in documents if section == "stories"}
    fresh = (text for text in stories.texts(UNREAD) if text.startswith(beginning))
    return [text for text in fresh if text not in read][:n]


def _written(lm: LanguageModel, prompts: Sequence[str], seed: int) -> list[str]:
    answers = lm.batch(prompts, lm.config.max_seq_len, seed=seed)
    return [prompt + answer for prompt, answer in zip(prompts, answers, strict=True)]


def _percent(number: Median) -> str:
    return f"{round(100 * number.value)}\u00a0%"


REMIX = Experiment("06_remix", remix, STORIES)
