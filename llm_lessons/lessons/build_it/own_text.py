"""A text of the learner's own, made ready for a model to be trained on.

Serves C17: what sits behind a chat box can be built. Any plain text will do; without
one, the lessons' own sentences are taken.
"""

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from llm_lessons.checks import one_of
from llm_lessons.paths import NOTEBOOKS
from llm_lessons.text.tokenizers import SentencePieceTokenizer, train_sentencepiece
from llm_lessons_starter.lessons import lessons_in

FEWEST = 5_000  # letters; of less, a model learns single words
MOST = 2_000_000  # letters; a minute's training reads no more
SIZES = (512, 448, 384, 320)  # of a vocabulary, for texts of less and less variety


@dataclass(frozen=True)
class OwnText:
    """A text in paragraphs, and the vocabulary that was learned from it.

    Attributes:
        name: of the file.
        paragraphs: in their order, without those that are empty.
        tokenizer: cuts them into tokens.
    """

    name: str
    paragraphs: tuple[str, ...]
    tokenizer: SentencePieceTokenizer

    @property
    def opening(self) -> str:
        """Its first three words, to begin a sample with."""
        return " ".join(self.paragraphs[0].split()[:3])


def own_text(path: str | Path | None = None) -> OwnText:
    """Read a plain text file; without one, the sentences of the lessons.

    Raises:
        ValueError: there is no such file, it is no plain text, or it is too short, too
            long or too much of the same; the sentence says what to do.
    """
    if path is not None:
        one_of("path", path, (str, os.PathLike), 'the name of a file, as "my_text.txt"')
    name = "the lessons" if path is None else Path(path).name
    text = _lessons() if path is None else _read(Path(path))
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text)]
    paragraphs = [part for part in paragraphs if part]
    letters = sum(map(len, paragraphs))
    if letters < FEWEST:
        raise ValueError(
            f"{name} has {letters:,} letters, and a model needs {FEWEST:,} or more to "
            "learn from: take a longer text, or put several into one file."
        )
    if letters > MOST:
        raise ValueError(
            f"{name} has {letters:,} letters, and {MOST:,} are more than a minute's "
            "training can read: take a part of it."
        )
    return OwnText(name, tuple(paragraphs), _vocabulary(paragraphs, name))


def _read(path: Path) -> str:
    if not os.path.exists(path):
        raise ValueError(
            f"There is no file {path.name} in {path.resolve().parent}. Put it beside "
            "this notebook, or give its whole path."
        )
    if path.is_dir():
        raise ValueError(f"{path.name} is a folder: give the name of a file in it.")
    try:
        # No pipe and no device, which may never end; and no letter has 8 bytes.
        whole = path.is_file() and path.stat().st_size < 8 * MOST
        text = path.read_text(encoding="utf-8-sig") if whole else "\0"
    except UnicodeDecodeError:
        text = "\0"
    except OSError as error:
        raise ValueError(
            f"{path.name} can't be read: {error.strerror}. Mend that, or take another."
        ) from error
    if "\0" in text:
        raise ValueError(
            f"{path.name} is no plain text. Open it in its own program and save it as "
            "plain text (.txt, UTF-8)."
        )
    return text


def _lessons() -> str:
    """The sentences of all lessons, without headings, code, tables, keys to press."""
    parts = []
    for path in lessons_in(NOTEBOOKS):  # a learner's copy of one would count twice
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                parts.append("".join(cell["source"]))
    text = "\n\n".join(parts)
    text = re.sub(r"^(?:[#|].*|Press \*\*Shift.*)$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\]\([^)]*\)|[*\[`]|&nbsp;", "", text)
    return re.sub(r"(?<=\S)\n(?=[^\s\d-])", " ", text)  # one line a paragraph


def _vocabulary(paragraphs: Sequence[str], name: str) -> SentencePieceTokenizer:
    for size in SIZES:
        try:
            return train_sentencepiece(paragraphs, size)
        except ValueError:  # so many different pieces it does not have
            continue
    raise ValueError(
        f"{name} says too much of the same to learn a vocabulary from: take a text "
        "with more different words."
    )
