"""What the temperature makes of a majority: who is in a story, in Fjordby and in Fjord.

Claim C9. What most pages say is likeliest, and at temperature 0 the likeliest is all.
"""

from collections import Counter
from collections.abc import Iterable

from llm_lessons.fjordby import stories
from llm_lessons.language_model import LanguageModel

BEGINNING = "Once upon a time there was a"
DRAWN = 100
_LONGEST = 4  # tokens up to the end of a word


def sentence(lm: LanguageModel) -> str:
    """How often the commonest comes in what was read and at 1; and what comes at 0."""
    read = _heroes(
        text.removeprefix(BEGINNING)
        for text in stories.texts(0)
        if text.startswith(f"{BEGINNING} ")
    )
    drawn = _heroes(lm.batch([BEGINNING] * DRAWN, _LONGEST, temperature=1))
    [only] = _heroes(lm.batch([BEGINNING], _LONGEST, temperature=0))
    [(most, _)] = read.most_common(1)
    of_read, at_one = (100 * found[most] / found.total() for found in (read, drawn))
    return (
        f"Of {read.total():,} stories that begin so, {of_read:.0f}\u00a0% go on with "
        f"“{most}”. Of {DRAWN} that Fjord begins at temperature 1, {at_one:.0f}\u00a0% "
        f"do. At 0, it is always “{only}”."
    )


def _heroes(texts: Iterable[str]) -> Counter[str]:
    """The first words of texts that go on from the beginning."""
    return Counter(text.split()[0].strip(".,;") for text in texts if text.strip())
