"""The machine of this package and the one that stands in one file, side by side."""

import inspect

from llm_lessons import in_one_file
from llm_lessons.decoding.sampling import coin_at
from llm_lessons.foundation.paths import DATA
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.quoted import quoted

SOURCE = inspect.getsource(in_one_file)
LINES = len(SOURCE.splitlines())
BEGIN = "Once upon a time there was"
TOKENS = 24
SEED = 7


def both(lm: LanguageModel) -> str:
    """How both go on, by the same coins, and the file itself, as Markdown."""
    package = lm.generate(BEGIN, TOKENS, seed=SEED)
    fjord = in_one_file.read_model(DATA / "fjord")
    drawn = in_one_file.write_on(BEGIN, fjord, lambda n: coin_at(SEED, n), TOKENS)
    file = fjord.vocabulary.join(drawn)
    same = "the same, letter by letter" if package == file else "not the same"
    return "\n\n".join(
        [
            f"The package behind these lessons, and the file: **{same}.**",
            quoted(BEGIN, package),
            quoted(BEGIN, file),
            f"<details><summary>The file, {LINES} lines</summary>\n\n"
            f"```python\n{SOURCE}```\n\n</details>",
            "This is all of it.",
        ]
    )
