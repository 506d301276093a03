"""What a room sees, in its own language: one catalog of sentences each.

A sentence is written in English where it is used. `handouts/languages/nb.po` says what
it is in Norwegian, for a teacher to read and to change with any editor of such files;
`messages.pot` is the empty one, for the next language. A sentence that has no
translation stays English.
"""

from collections.abc import Callable

from babel import Locale
from babel.messages.pofile import read_po

from llm_lessons.checks import Refusal, checked
from llm_lessons.paths import TEXTS

Tell = Callable[[str], str]
CATALOGS = TEXTS / "languages"
ENGLISH = "en"


def english(sentence: str) -> str:
    """The sentence as it is: what tells it in English."""
    return sentence


def languages() -> dict[str, str]:
    """What languages there are, by their codes, each under its own name."""
    codes = [ENGLISH, *sorted(path.stem for path in CATALOGS.glob("*.po"))]
    return {code: Locale.parse(code).get_display_name() or code for code in codes}


@checked()
def tells(code: str) -> Tell:
    """What tells an English sentence in another language.

    Args:
        code: of the language, such as "nb".

    Raises:
        ValueError: there is no catalog for it; names those that there are.
    """
    if code == ENGLISH:
        return english
    path = CATALOGS / f"{code}.po"
    if code not in languages():
        known = ", ".join(languages())
        raise Refusal(f"There is no language {code!r} here; there are {known}.")
    with path.open("rb") as file:
        catalog = read_po(file, locale=code)

    def tell(sentence: str) -> str:
        message = catalog.get(sentence)
        return str(message.string or sentence) if message else sentence

    return tell
