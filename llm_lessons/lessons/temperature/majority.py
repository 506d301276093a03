"""What the temperature makes of a majority: who is in a story, in Fjordby and in Fjord.

Claim C9. What most pages say is likeliest, and at temperature 0 the likeliest is all.
"""

from collections import Counter

from llm_lessons import fjordby
from llm_lessons.language_model import LanguageModel

BEGINNING = "Once upon a time there was a"
DRAWN = 100
_LONGEST = 4  # tokens up to the end of a word


def heroes(texts: list[str]) -> Counter[str]:
    """The first word of each text that goes on from the beginning."""
    return Counter(text.split()[0].strip(".,;") for text in texts if text.strip())


def sentence(lm: LanguageModel) -> str:
    """How often the commonest comes in what was read and at 1; and what comes at 0."""
    told = [
        text.removeprefix(BEGINNING)
        for section, text in fjordby.build().documents
        if section == "stories" and text.startswith(f"{BEGINNING} ")
    ]
    read, prompts = heroes(told), [BEGINNING] * DRAWN
    drawn = [heroes(lm.batch(prompts, _LONGEST, temperature=t)) for t in (1, 0)]
    [(most, _)] = read.most_common(1)
    [(only, count)] = drawn[1].most_common(1)
    of_read, at_one = (100 * found[most] / found.total() for found in (read, drawn[0]))
    return (
        f"Of {read.total():,} stories that begin so, {of_read:.0f}\u00a0% go on with "
        f"“{most}”. Of {DRAWN} that Fjord begins at temperature 1, {at_one:.0f}\u00a0% "
        f"do. At 0, {count} of {DRAWN} go on with “{only}”."
    )
