"""One question, twelve times in a row: a capital known to all, and one to few.

Claim C11, on a real model: what was read rarely is answered as fluently.
"""

import re
from collections import Counter

from llm_lessons.language_model import LanguageModel

COUNTRIES = ("France", "the Comoros")
TIMES = 12
END = r" ?[^\w '’-]| (?:is|in|and|which)\b"  # of a city's name


def asked(lm: LanguageModel) -> str:
    """The capitals that it names at temperature 1, and a count, as Markdown."""
    listed, lines = [], []
    for country in COUNTRIES:
        begun = f"The capital of {country} is the city of"
        said = lm.batch([begun] * TIMES, 10, temperature=1)
        cities = [re.split(END, text.strip())[0] for text in said]
        listed.append(f"{country}: {', '.join(cities)}.")
        [(city, times)] = Counter(cities).most_common(1)
        most = f"{city} came most often, in {times}" if times > 1 else "none came twice"
        different = len(set(cities))
        lines.append(
            f"Of {TIMES} answers for {country}, {different} are different; {most}."
        )
    sentence = f"**{' '.join(lines)}** (Right for the Comoros is Moroni.)"
    return "\n\n".join([*listed, sentence])
