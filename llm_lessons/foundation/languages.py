"""What people see, in their own language: catalogs of sentences.

A sentence is written in English where it is used. `handouts/languages/nb.po` says what
it is in Norwegian, for a teacher to read and to change with any editor of such files;
`handouts/languages/nb/` may hold a catalog for the page of each lesson besides. A
sentence that has no translation, or one that is marked as fuzzy (nobody has looked at
it since the English one was changed), stays English.

What was computed stands in a catalog without its numbers and without what it quotes:
"Entropy {1} bits", "after “{1}”". `told.js` does the same in a page.
"""

import json
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from llm_lessons.foundation.checks import Refusal, checked
from llm_lessons.foundation.js_bundle import bundle
from llm_lessons.foundation.paths import TEXTS, WEB

# Babel is imported where a catalog is read: the package without its extra `lab`, as on
# Colab, has none, and speaks English without it.
if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

Translate = Callable[[str], str]
CATALOGS = TEXTS / "languages"
ENGLISH = "en"
HERE = "LLM_LESSONS_LANGUAGE"  # a variable with the code of a kernel's language
GATHERED = "LLM_LESSONS_GATHERED"  # names a file: what is told is written there, too
_VALUE = re.compile(r"“[^”]*”|[0-9](?:[0-9.,]*[0-9])?")
_GAP = re.compile(r"\{([0-9]+)\}")


def english(sentence: str) -> str:
    """The sentence as it is: what tells it in English."""
    return sentence


def languages() -> dict[str, str]:
    """What languages there are, by their codes, each under its own name.

    A catalog whose file has no language's code for a name, such as a copy, is none.
    """
    codes = [ENGLISH, *sorted(path.stem for path in CATALOGS.glob("*.po"))]
    return {code: name for code in codes if (name := _name(code))}


@cache
def _name(code: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code).get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return ""


@checked()
def translator(code: str) -> Translate:
    """What translates an English sentence; reads its catalog once.

    Args:
        code: of the language, such as "nb".

    Raises:
        ValueError: there is no catalog for it, or it can't be read; names those that
            there are, or the file.
    """
    if code == ENGLISH:
        return english
    if code not in languages():
        known = ", ".join(languages())
        raise Refusal(f"There is no language {code!r} here; there are {known}.")
    sentences = words_of(code)

    def translate(sentence: str) -> str:
        if sentence in sentences:
            return sentences[sentence]
        pattern, values = masked(sentence)
        translation = sentences.get(pattern)
        return sentence if translation is None else filled(translation, values)

    return translate


def words_of(code: str, of_lessons: bool = False) -> dict[str, str]:
    """What the catalogs of a language say of the sentences that they translate.

    Args:
        of_lessons: whether those of lessons' pages are asked alone.
    """
    paths = sorted((CATALOGS / code).glob("*.po"))
    if not of_lessons and code != ENGLISH:
        paths.insert(0, CATALOGS / f"{code}.po")
    return {own: text for path in paths for own, text in _sentences(path, code).items()}


def language_of(name: str, code: str) -> str:
    """The language of a lesson's page: this one, if it has a catalog for it.

    Args:
        name: of the lesson's notebook.
    """
    is_translated = (CATALOGS / code / f"{name}.po").is_file()
    return code if is_translated else ENGLISH


def masked(sentence: str) -> tuple[str, list[str]]:
    """A sentence with gaps, {1} and so on, and the numbers and quotes in them."""
    values: list[str] = []

    def gap(found: re.Match[str]) -> str:
        value = found[0]
        is_quoted = value.startswith("“")
        values.append(value[1:-1] if is_quoted else value)
        return f"“{{{len(values)}}}”" if is_quoted else f"{{{len(values)}}}"

    return _VALUE.sub(gap, sentence), values


def filled(pattern: str, values: list[str]) -> str:
    """A sentence whose gaps are filled; one that has no value stays."""

    def value(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        return values[place] if 0 <= place < len(values) else found[0]

    return _GAP.sub(value, pattern)


def translated(sentence: str) -> str:
    """A sentence in the language of this kernel: English, if nobody says else."""
    if sentence and (place := os.environ.get(GATHERED)):
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(masked(sentence)[0])}\n")
    return translator(os.environ.get(HERE, ENGLISH))(sentence)


def telling(words: dict[str, str], root: str = "document.body") -> str:
    """A script for HTML that tells in another language what is shown without Python.

    Args:
        words: what English sentences are in it.
        root: the element, in JavaScript, below which it is shown.
    """
    script, _ = bundle(WEB / "page" / "told.js")
    catalog = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="module">{script}\ntellBelow({root}, {catalog});</script>'


@cache
def _sentences(path: Path, code: str) -> dict[str, str]:
    """What a catalog says of each sentence that it has translated."""
    return {
        str(message.id): str(message.string)
        for message in read_catalog(path, code)
        if message.id and message.string and not message.fuzzy
    }


def read_catalog(path: Path, code: str = "") -> "Catalog":
    """A catalog as it lies in its file.

    Args:
        code: of its language; without it, the file bears it as its name.

    Raises:
        ValueError: it is none; names the file.
    """
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            return read_po(file, locale=code or path.stem, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise Refusal(f"{path} is no catalog of sentences: {error}") from error
