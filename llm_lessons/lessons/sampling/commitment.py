"""The first word is fixed before the last is chosen: how it shifts the ending.

Claim C7: the model commits to token one before token fifty is chosen. Fix a word, let
the model go on to the end of its story, and look at the last sentence: how often it
keeps to the word that was fixed, though none of its own words was chosen yet; and how
many endings differ, for as far as they do that word did not settle them. Later tokens
are not chosen ahead; a network may still lean towards them inside, which this
experiment does not look at.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from llm_lessons.fjordby import words
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.kept import Experiment
from llm_lessons.measuring.parts import spread

ENDINGS = 100  # drawn for each choice
OTHERS = 8  # names of girls that take their place, for half as many endings each
_WORD = re.compile(r"\w+")
# '?" Ida asked' is no end of a sentence, but '?" "' is one
_STOP = re.compile(r'[.!?](?= [A-Z"])|\."(?= [A-Z])|[.!?]"(?= ")')


class Fork(NamedTuple):
    """A prompt, and its choices, each with the word that shows it in an ending."""

    prompt: str
    choices: dict[str, str]


# each name is one token of both class models
HERO = Fork(
    "Once upon a time there was a girl called", {" Julia": "Julia", " Hanna": "Hanna"}
)


@dataclass(frozen=True)
class Commitment:
    """The last sentences of the stories that went on from each choice.

    Attributes:
        others: other names in the same place, with how often an ending names the one
            that was forced.
    """

    fork: Fork
    endings: dict[str, list[str]]
    others: dict[str, Share]

    def mentions(self, forced: str, mark: str) -> Share:
        """Share of the endings after `forced` that name the choice `mark`.

        With another choice as the mark: how often it is named where it was not forced.
        """
        word = self.fork.choices[mark]
        return share(word in _WORD.findall(end) for end in self.endings[forced])

    def distinct(self, forced: str) -> int:
        """How many different endings came after the same choice."""
        return len(set(self.endings[forced]))

    def sentence(self) -> str:
        """How the endings follow the choice, in numbers."""
        parts = []
        for forced, word in self.fork.choices.items():
            named = " and ".join(
                f"{self.mentions(forced, choice).percent} name {mark}"
                for choice, mark in self.fork.choices.items()
            )
            different, n = self.distinct(forced), len(self.endings[forced])
            parts.append(
                f"After “{word}”, of {n} last sentences {named}; {different} of them "
                "are different."
            )
        least, most = (
            pick(self.others, key=lambda name: self.others[name].share)
            for pick in (min, max)
        )
        parts.append(
            f"With {len(self.others)} other names in that place, from "
            f"{self.others[least].percent} ({least}) to {self.others[most].percent} "
            f"({most}) of the last sentences name the one that was forced."
        )
        return " ".join(parts)


@checked(n=range(2, 10_001))
def commitment(
    lm: LanguageModel, n: int = ENDINGS, fork: Fork = HERO, seed: int = 0
) -> Commitment:
    """Force each choice, and draw n stories from it at temperature 1.

    Story i flips the same coin at the same place of the text after every choice: after
    choices of equally many tokens, only the forced words differ. A story that doesn't
    fit into the window ends where the window does.

    Raises:
        ValueError: for a prompt that means nothing.
    """

    def ends(choice: str, n: int) -> list[str]:
        prompts = [fork.prompt + choice] * n
        stories = lm.batch(prompts, lm.config.max_seq_len, seed=seed)
        return [last_sentence(story) for story in stories]

    marks = fork.choices.values()
    names = spread([name for name in words.FEMALE_NAMES if name not in marks], OTHERS)
    return Commitment(
        fork,
        {choice: ends(choice, n) for choice in fork.choices},
        {
            name: share(name in _WORD.findall(end) for end in ends(f" {name}", n // 2))
            for name in names
        },
    )


ENDS = Experiment(
    "03_commitment",
    commitment,
    ENDINGS,
    on_card=r".* forced as the hero: the ending names .*",
)


def last_sentence(text: str) -> str:
    """The last sentence of a text; empty if there is none."""
    return sentences(text)[-1]


def sentences(text: str) -> list[str]:
    """Cut a text into sentences; a speech is never cut within its quotation marks."""
    text = text.strip()
    ends = [stop.end() for stop in _STOP.finditer(text)]
    ends = [end for end in ends if not _in_speech(text[:end])]
    pairs = zip([0, *ends], [*ends, len(text)], strict=True)
    return [text[start:end].strip() for start, end in pairs]


def _in_speech(text: str) -> bool:
    """Whether a speech is still open at the end: its opening mark comes last.

    To count the marks would not do: a model may forget one.
    """
    before, mark, _ = text.rpartition('"')
    return bool(mark) and (not before or before[-1].isspace())
