"""Can a model count the letters of a word: as it is, and with its letters laid open?

Claim C5: a model reads tokens, and an id does not show the letters inside its piece. A
single word proves nothing, for a model that always gives the same number is right now
and then. So many words are asked about, as many with one, two and three of a letter,
and the answers are held against always giving the same number.
"""

import re
from collections import Counter
from dataclasses import dataclass

from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.kept import REAL, Experiment
from llm_lessons.measuring.parts import spread

WORDS = {
    1: "garden/g orange/n table/b winter/w bread/d chair/h flower/f planet/l silver/v "
    "monkey/k market/k island/d music/c pencil/p doctor/d basket/k blanket/n forest/f "
    "castle/c dragon/g",
    2: "summer/m butter/t kitten/t rabbit/b yellow/l coffee/f carrot/r dinner/n "
    "cherry/r window/w paper/p river/r moon/o apple/p pillow/l hammer/m ladder/d "
    "hobby/b sister/s spoon/o",
    3: "strawberry/r papaya/a cheese/e tomorrow/o eleven/e between/e success/s "
    "pepper/p bubble/b mammal/m cinnamon/n degree/e sleeve/e nineteen/n tattoo/t "
    "engineer/e puppy/p release/e sentence/e everyone/e",
}
"""For each count, words with a letter that they have so often."""
CASES = 60  # all words
EXAMPLES = (("banana", "a"), ("fox", "o"), ("tree", "e"))  # three, one, two


@dataclass(frozen=True)
class Asked:
    """One word, and what was said of it.

    Attributes:
        word: as it is usually written.
        letter: that is to be counted.
        count: how often the word has it.
        whole: the number that was said of the word as it is; None for no number.
        laid_open: the same for the word with a space between its letters.
    """

    word: str
    letter: str
    count: int
    whole: int | None
    laid_open: int | None


@dataclass(frozen=True)
class Counted:
    """All words that were asked about."""

    asked: tuple[Asked, ...]

    @property
    def whole(self) -> Share:
        """Right answers about words as they are."""
        return share(one.whole == one.count for one in self.asked)

    @property
    def laid_open(self) -> Share:
        """Right answers about words with their letters laid open."""
        return share(one.laid_open == one.count for one in self.asked)

    @property
    def same(self) -> Share:
        """Right answers of somebody who always gives the number that is right most."""
        [(number, _)] = Counter(one.count for one in self.asked).most_common(1)
        return share(one.count == number for one in self.asked)

    @property
    def usual(self) -> tuple[int, int]:
        """The number said most often of whole words, and of how many."""
        said = Counter(one.whole for one in self.asked if one.whole is not None)
        return said.most_common(1)[0] if said else (0, 0)

    def sentence(self) -> str:
        """What was right, against always giving one number."""
        number, times = self.usual
        return (
            f"Of {len(self.asked)} words, it counted {self.whole.percent} rightly as "
            f"they are, and {self.laid_open.percent} with their letters laid open. "
            f"Always giving the same number would be right for {self.same.percent}; of "
            f"whole words it said {number} for {times}."
        )


def words() -> list[tuple[str, str]]:
    """All words, each with the letter to count."""
    return [
        (word, letter)
        for listed in WORDS.values()
        for word, _, letter in (one.partition("/") for one in listed.split())
    ]


def question(word: str, letter: str) -> str:
    """Three counted examples, then the question, up to where the number comes."""
    shown = "".join(
        f"{_asked(one, which)} {one.count(which)}\n" for one, which in EXAMPLES
    )
    return shown + _asked(word, letter)


def count(lm: LanguageModel, cases: int = CASES) -> Counted:
    """Ask about so many of the words, as they are and laid open; greedily."""
    pairs = spread(words(), cases)
    prompts = [question(word, letter) for word, letter in pairs]
    prompts += [question(" ".join(word), letter) for word, letter in pairs]
    said = [_number(text) for text in lm.batch(prompts, 2, temperature=0)]
    return Counted(
        tuple(
            Asked(word, letter, word.count(letter), whole, laid_open)
            for (word, letter), whole, laid_open in zip(
                pairs, said[: len(pairs)], said[len(pairs) :], strict=True
            )
        )
    )


LETTERS = Experiment("01_letters", count, CASES, REAL)


def _asked(word: str, letter: str) -> str:
    return f'How many times is "{letter}" in "{word}"?'


def _number(text: str) -> int | None:
    found = re.match(r"\s*(\d+)", text)
    return int(found[1]) if found else None
