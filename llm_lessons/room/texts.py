"""What a room is told beside the decks: words of its pages, Remember lines, terms.

Each is read from where it stands; none of it is written twice.
"""

import json
import re
import tomllib
from functools import cache

from llm_lessons.languages import Tell, english
from llm_lessons.lessons import LESSONS, glossary
from llm_lessons.pages.texts import REMEMBER
from llm_lessons.paths import NOTEBOOKS, PACKAGE

# What stands above a question in its notebook, which a room doesn't see.
ABOVE = {
    "04.zero": (
        "The temperature says how much chance may decide: at 0 nothing, at 1 as much "
        "as the odds say, at 2 more."
    ),
    "07.effort": (
        "Two questions about marbles: an easy one with one change, and a hard one with "
        "six changes."
    ),
}


def words(tell: Tell = english) -> dict[str, dict[str, str]]:
    """What each page says by its keys: phone, screen and lead."""
    source = (PACKAGE / "room" / "words.toml").read_text(encoding="utf-8")
    return {
        page: {key: tell(text) for key, text in table.items()}
        for page, table in tomllib.loads(source).items()
    }


@cache
def rude_words() -> dict[str, list[str]]:
    """Words of which a leader is warned, by the codes of their languages."""
    source = (PACKAGE / "room" / "rude_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@cache
def remember(lesson: int) -> str:
    """The sentence to remember of a lesson, from the end of its notebook.

    Raises:
        ValueError: the notebook is not there, or has no such sentence; names it.
    """
    path = NOTEBOOKS / f"{lesson:02}_{LESSONS[lesson]}.ipynb"
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(one["source"]) for one in cells if one["id"] == "remember"]
        found = REMEMBER.search("\n".join(sources))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ValueError(f"{path} is no lesson: {error}") from error
    if not found:
        raise ValueError(f"{path} has nothing under “Remember:” in its last part.")
    return plain(found[1])


def terms() -> list[tuple[str, str]]:
    """Each word of the glossary and what it means, without stars."""
    return [(plain(word), plain(meaning)) for word, meaning in glossary.words()]


def plain(text: str) -> str:
    """A text in one line, without Markdown's stars, links and hard spaces."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text.replace("&nbsp;", " "))
    return re.sub(r"\*+", "", " ".join(text.split()))
