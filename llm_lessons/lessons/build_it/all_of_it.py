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


def by_package(lm: LanguageModel, seed: int = 1) -> str:
    """How the model of all lessons goes on."""
    return lm.generate(BEGIN, TOKENS, seed=seed)


def by_file(seed: int = 1) -> str:
    """How the machine in one file goes on, by the same coins."""
    fjord = in_one_file.read_model(DATA / "fjord")
    drawn = in_one_file.write_on(BEGIN, fjord, lambda n: coin_at(seed, n), TOKENS)
    return fjord.vocabulary.join(drawn)


def both(lm: LanguageModel) -> str:
    """Both texts, and the file, as Markdown."""
    package, file = by_package(lm), by_file()
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
