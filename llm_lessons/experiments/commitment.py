"""The first word is fixed before the last is chosen: how it shifts the ending.

Claim C7: the model commits to token one before token fifty is chosen. Fix a word, let
the model go on to the end of its story, and look at the last sentence: how often it
keeps to the word that was fixed, though none of its own words was chosen yet; and how
many endings differ, for as far as they do that word did not settle them. Later tokens
are not chosen ahead; a network may still lean towards them inside, which this
experiment does not look at.
"""

import re
import sys
from dataclasses import dataclass
from typing import NamedTuple

from tqdm import tqdm

from llm_lessons.experiments.intervals import Share, share
from llm_lessons.language_model import LanguageModel

ENDINGS = 100  # drawn for each choice
_WORD = re.compile(r"\w+")
# '?" Ida asked' is no end of a sentence, but '?" "' is one
_STOP = re.compile(r'[.!?](?= [A-Z"])|\."(?= [A-Z])|[.!?]"(?= ")')


class Fork(NamedTuple):
    """A prompt, and the choices that are forced behind it.

    Attributes:
        prompt: what stands before the choice.
        choices: each choice with the word that shows it in an ending.
    """

    prompt: str
    choices: dict[str, str]


# each name is one token
HERO = Fork(
    "Once upon a time there was a girl called", {" Ida": "Ida", " Hanna": "Hanna"}
)
THING = Fork(
    "Once upon a time there was a girl called Ida. One day Ida lost a",
    {" silver key": "key", " red kite": "kite"},
)


@dataclass(frozen=True)
class Commitment:
    """Endings by the choice that was forced.

    Attributes:
        fork: the prompt and its choices.
        endings: for each choice the last sentences of the stories that went on from it.
    """

    fork: Fork
    endings: dict[str, list[str]]

    def mentions(self, forced: str, mark: str) -> Share:
        """Share of the endings after `forced` that name the choice `mark`.

        With another choice as the mark: how often it is named where it was not forced.
        """
        word = self.fork.choices[mark]
        return share(word in _WORD.findall(end) for end in self.endings[forced])

    def distinct(self, forced: str) -> int:
        """How many different endings came after the same choice."""
        return len(set(self.endings[forced]))


def commitment(
    lm: LanguageModel, fork: Fork = HERO, n: int = ENDINGS, seed: int = 0
) -> Commitment:
    """Force each choice, and draw n stories from it at temperature 1.

    Story i flips the same coin at the same place of the text after every choice: after
    choices of equally many tokens, only the forced words differ. A story that doesn't
    fit into the window ends where the window does. Shows its progress on the standard
    output.

    Raises:
        ValueError: for a prompt that means nothing.
    """
    endings = {}
    for choice in tqdm(fork.choices, "choices", file=sys.stdout):
        prompts = [fork.prompt + choice] * n
        stories = lm.batch(prompts, lm.config.max_seq_len, seed=seed)
        endings[choice] = [last_sentence(story) for story in stories]
    return Commitment(fork, endings)


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
