"""The sentences of a lesson's page, for another language: a catalog a lesson.

`python -m llm_lessons.pages.catalogs nb 04_temperature` runs the lesson, opens its page
in a browser, and writes handouts/languages/nb/04_temperature.po: its texts by
paragraph, with the cell in which they stand; its sentences and the words of its
figures; and what its toys say, whose buttons it presses once. What is translated is
kept; where an English sentence has changed, the old translation is marked as fuzzy. The
page comes by `handouts --language nb`.
"""

import io
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

import nbformat
from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from nbformat import NotebookNode

from llm_lessons.foundation import languages
from llm_lessons.foundation.checks import Refusal
from llm_lessons.foundation.commands import Parser
from llm_lessons.foundation.languages import CATALOGS, masked, read_catalog
from llm_lessons.foundation.paths import WEB
from llm_lessons.lessons.exercises import EXERCISES
from llm_lessons.pages import blocks
from llm_lessons.pages.execution import lessons, run
from llm_lessons.pages.folding import CHECKED
from llm_lessons.pages.kernels import Stopped
from llm_lessons.pages.page import lesson, page
from llm_lessons.pages.pieces import pieces
from llm_lessons.pages.printing import find_browser, texts_in
from llm_lessons_starter.atomic import write_changed
from llm_lessons_starter.command_line import carry_out, heed_the_end, say
from llm_lessons_starter.trouble import Trouble

Said = tuple[str, str]  # a sentence, and where it is seen
ALIKE = 0.8  # from no common letter, 0, to the same sentence, 1
WIDTH = 80  # of what stands between the quotes
OF_A_LESSON = (
    "The page of a lesson, in another language.",
    "python -m llm_lessons.pages.catalogs",
)
HEADER = """\
# {what}
#
# Behind "msgid" stands the English sentence, behind "msgstr" what it is in this
# language; lines that begin with "#." say where it is seen. What stands in braces,
# such as {{n}}, is filled in: keep it. An entry that is marked as "fuzzy" had another
# English sentence before: mend the translation, and take the mark away.
# `{command}` writes this file anew,
# and keeps your work.
# LICENSE-lessons.md says under which terms it is given.
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def main() -> int:
    """Write a lesson's catalog anew; says how much of it is translated."""
    parser = Parser("catalogs", __doc__)
    parser.add_argument("language", help="its code, such as nb")
    parser.add_argument("lesson", help="its notebook's name, such as 04_temperature")
    asked = parser.parse_args()
    known = {path.stem: path for path in lessons()}
    if asked.lesson not in known:
        raise Trouble(f"There is no lesson {asked.lesson!r}: take {', '.join(known)}.")
    if asked.language not in languages.languages():
        begin = f"python -m llm_lessons_room.content --catalogs {asked.language}"
        raise Trouble(f"There is no catalog of {asked.language!r} yet: {begin}")
    path = CATALOGS / asked.language / f"{asked.lesson}.po"
    say(f"running {asked.lesson} ...")
    try:
        code = asked.language
        catalog = read_catalog(path, code) if path.exists() else begun(code)
        update(catalog, gathered(of_lesson(known[asked.lesson])))
    except (ValueError, Stopped, RuntimeError) as error:  # such as without a browser
        raise Trouble(str(error)) from error
    path.parent.mkdir(parents=True, exist_ok=True)
    write_changed(path, as_text(catalog, asked.language, *OF_A_LESSON))
    own = [message for message in catalog if message.id]
    done = sum(bool(message.string) and not message.fuzzy for message in own)
    fuzzy = sum(message.fuzzy for message in own)
    say(f"{path}: {done} of {len(own)} are translated, {fuzzy} wait to be mended.")
    return 0


def of_lesson(path: Path) -> Iterator[Said]:
    """What the page of a lesson says, and where.

    Raises:
        Stopped: the notebook did not run to its end.
    """
    notebook, messages = _run(path)
    for piece in pieces(notebook.cells):
        if not piece.is_code:
            for text in blocks.sentences(piece.cell.source):
                yield text, f"cell {piece.cell.id}"
    for text in blocks.sentences(CHECKED):
        yield text, "above the exercises"
    for text in messages:
        yield text, "a sentence, or the words of a figure"
    for exercise in EXERCISES:
        if exercise.number.startswith(path.stem[:2]):
            labels = [box.label for box in exercise.boxes.values()]
            for text in (exercise.task, *exercise.choices, *labels) if labels else ():
                yield text, f"exercise {exercise.number}: its task and boxes"
            for text in exercise.hints:
                yield text, f"exercise {exercise.number}: a hint"
    with tempfile.TemporaryDirectory() as folder:
        made = lesson(path.stem, notebook)
        file = Path(folder) / "page.html"
        script = (WEB / "page" / "gather.js").read_text(encoding="utf-8")
        html = page(made.title, [made])
        file.write_text(f"{html}<script type=module>{script}</script>", "utf-8")
        for text in texts_in(file, find_browser()):
            pattern, _ = masked(text)
            if "␣" not in pattern:  # a token
                yield pattern, "the page itself"


def _run(path: Path) -> tuple[NotebookNode, list[str]]:
    """The lesson after a run, and the sentences that it showed meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "told"
        os.environ[languages.GATHERED] = str(file)
        notebook = run(nbformat.read(path, as_version=4), path.parent)
        del os.environ[languages.GATHERED]
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return notebook, [json.loads(line) for line in lines]


def gathered(sources: Iterable[Said]) -> Catalog:
    """Sentences without a translation, each with the places where it is seen."""
    found = Catalog()
    for sentence, where in sources:
        found.add(sentence, auto_comments=[where])
    return found


def begun(code: str) -> Catalog:
    """An empty catalog."""
    try:
        return Catalog(locale=Locale.parse(code))
    except (UnknownLocaleError, ValueError) as error:
        raise Refusal(f"{code!r} is no code of a language, such as sv.") from error


def update(catalog: Catalog, needed: Catalog) -> None:
    """Give a catalog the sentences of today, and keep what is translated."""
    known = {str(message.id) for message in catalog}
    old = (*catalog, *catalog.obsolete.values())
    translations = {
        str(message.id): message for message in old if message.id and message.string
    }
    kept = set()
    catalog.update(needed, no_fuzzy_matching=True)  # Babel takes less for alike
    for message in catalog:
        if str(message.id) in known:
            continue
        for like in get_close_matches(str(message.id), translations, n=1, cutoff=ALIKE):
            message.string = translations[like].string
            message.user_comments = translations[like].user_comments
            if like != message.id:  # else it is said again
                message.flags.add("fuzzy")
            kept.add(like)
    catalog.obsolete = {
        key: message
        for key, message in catalog.obsolete.items()
        if message.string and message.id not in kept
    }


def as_text(catalog: Catalog, code: str, what: str, command: str) -> str:
    """A catalog as its file holds it: the same on every machine and at every time."""
    for message in catalog:
        message.flags.discard("python-format")  # a % in prose is none
    body = io.BytesIO()
    write_po(body, catalog, width=WIDTH, omit_header=True)
    header = HEADER.format(code=code, what=what, command=command)
    return header + body.getvalue().decode("utf-8").strip() + "\n"


if __name__ == "__main__":
    heed_the_end()
    sys.exit(carry_out(main))
