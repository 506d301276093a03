"""A Markdown text in another language: headings, paragraphs and list items in turn.

Each is one sentence of the catalogs, on one line, without its mark. What has no words
of its own, such as a marked place that stands alone, stays as it is; so do tables.
"""

import re

from llm_lessons.foundation.languages import Translate

_MARK = re.compile(r"(?m)^(#+ |- |\d+\. |> |>$)")
_PLACE = re.compile(r'\{\{[^{}"]*\}\}')  # one with no quoted text, which may be told
_LETTER = re.compile(r"[^\W\d_]")


def told(markdown: str, translate: Translate) -> str:
    return "\n\n".join(
        _block(block, translate) for block in markdown.strip().split("\n\n")
    )


def sentences(markdown: str) -> list[str]:
    """What there is to tell, in the order in which it stands there."""
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    told(markdown, keep)
    return found


def _block(block: str, translate: Translate) -> str:
    if block.startswith("|"):
        return block
    first, *rest = _MARK.split(block)
    marked = zip(rest[::2], rest[1::2], strict=True)
    lines = [_piece(first, translate)] if first.strip() else []
    lines += [mark + _piece(text, translate) for mark, text in marked]
    return "\n".join(lines)


def _piece(text: str, translate: Translate) -> str:
    line = " ".join(text.split())
    return translate(line) if _LETTER.search(_PLACE.sub("", line)) else line
