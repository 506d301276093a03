"""What a room sees, in its own language: one catalog of sentences each.

A sentence is written in English where it is used. `handouts/languages/nb.po` says what
it is in Norwegian, for a teacher to read and to change with any editor of such files. A
sentence that has no translation, or one that is marked as fuzzy (nobody has looked at
it since the English one was changed), stays English.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from llm_lessons.checks import Refusal, checked
from llm_lessons.paths import TEXTS

Tell = Callable[[str], str]
CATALOGS = TEXTS / "languages"
ENGLISH = "en"


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
    try:
        return Locale.parse(code).get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return ""


@checked()
def tells(code: str) -> Tell:
    """What tells an English sentence in another language; reads its catalog once.

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
    sentences = _sentences(CATALOGS / f"{code}.po")

    def tell(sentence: str) -> str:
        return sentences.get(sentence, sentence)

    return tell


@cache
def _sentences(path: Path) -> dict[str, str]:
    """What a catalog says of each sentence that it has translated."""
    return {
        str(message.id): str(message.string)
        for message in read_catalog(path)
        if message.id and message.string and not message.fuzzy
    }


def read_catalog(path: Path) -> Catalog:
    """A catalog as it lies in its file.

    Raises:
        ValueError: it is none; names the file.
    """
    try:
        with path.open("rb") as file:
            return read_po(file, locale=path.stem, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise Refusal(f"{path} is no catalog of sentences: {error}") from error
