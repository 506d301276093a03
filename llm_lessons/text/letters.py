"""A vocabulary of letters, for a small model of somebody's own lines."""

import unicodedata

from llm_lessons.foundation.checks import Refusal, checked, shown
from llm_lessons.text.tokenizers import InBytes, whole_characters

EDGE = "<s>"  # the name of token 0, which begins and ends every line
RARE = "\ufffd"  # a letter that stands for all that are too rare, if it is there


class LetterTokenizer(InBytes):
    """A token for each letter, and one before and behind every line.

    A text is brought into Unicode's form NFC first, as the lines were
    (`web/widgets/train_your_own_text.js`).

    Args:
        letters: their tokens are 1, 2, 3 and so on.

    Raises:
        Refusal: a letter is there twice, or is half a surrogate pair.
    """

    def __init__(self, letters: str):
        if whole_characters(letters) != letters:
            raise Refusal("one of its letters is half a sign (a lone surrogate).")
        self._ids = {letter: i for i, letter in enumerate(letters, 1)}
        if not letters or len(self._ids) < len(letters):
            raise Refusal("its letters must be there, each of them once.")
        super().__init__(
            [EDGE, *letters], [b"", *(letter.encode() for letter in letters)]
        )
        self.prefix: list[int] = [0]
        self.stops: tuple[int, ...] = (0,)
        self.special_ids: dict[str, int] = {}

    @checked()
    def encode(self, text: str) -> list[int]:
        """A text's letters as token ids, without the prefix.

        Raises:
            Refusal: it holds a letter that the model has never read.
        """
        letters = unicodedata.normalize("NFC", whole_characters(text))
        other = self._ids.get(RARE, 0)
        ids = [self._ids.get(letter, other) for letter in letters]
        if 0 in ids:
            own = "".join(self._ids)
            raise Refusal(
                f"This model has never read {shown(letters[ids.index(0)])}: write with "
                f"its own letters, which are {shown(own)}."
            )
        return ids
