"""A notebook's texts for people who read a page: what goes, and where they are cut."""

import re

_RUNS = re.compile(r"\brun\s+(?:the|this|that)\s+cell\b")
_KEYS = re.compile(rf"Shift\+Enter|\bfirst\s+cell\s+has\b|{_RUNS.pattern}")
_ITEM = re.compile(r"^(?=\d+\. |- )", re.MULTILINE)
_TAKES_LONG = re.compile(r"\(?[^.:!?()]*\btakes\s+some\s+seconds\b[^.:!?()]*[.:]\)?")
# Said of a quiz in a notebook; in a page one sees it at the first tap.
_PICK_AGAIN = re.compile(r"\s+You can pick again, and each choice tells\s[^.]+\.")
_TASKS = re.compile(r"1\. ")
_LIST = re.compile(r"(?:1\.|-) ")


def for_a_reader(text: str) -> tuple[str, bool]:
    """A Markdown text without what asks to run cells or to wait for them.

    A paragraph that asks goes as a whole, and of a list the item.

    Returns:
        The text, and whether what it ended with asked to run the code below it.
    """
    blocks, asked = [], False
    for block in text.split("\n\n"):
        items = _ITEM.split(block)
        asked = bool(_RUNS.search(items[-1]))
        kept = "".join(one for one in items if not _KEYS.search(one))
        if kept != block:  # a list begins with 1, and then counts by itself
            kept = re.sub(r"^\d+\. ", "1. ", kept)
        for unneeded in (_PICK_AGAIN, _TAKES_LONG):
            kept = unneeded.sub("", kept)
        blocks.append(re.sub(r" +$", "", kept, flags=re.MULTILINE))
    return "\n\n".join(one for one in blocks if one.strip()), asked


def asks_to_try(text: str) -> bool:
    """Whether there is a numbered list in it: of things to try."""
    return any(map(_TASKS.match, text.split("\n\n")))


def before_lists(text: str) -> tuple[str, str]:
    """The paragraphs before the first list, and the others.

    The words before a list, which end with a colon, stay with it.
    """
    return _cut(blocks := text.split("\n\n"), _first(blocks, _LIST))


def last_paragraph(text: str) -> tuple[str, str]:
    """What stands before the last paragraph before a numbered list; and all the rest.

    A text in which nothing is to try is left whole: it is the rest.
    """
    blocks = text.split("\n\n")
    if not asks_to_try(text):
        return "", text
    tasks = _first(blocks, _TASKS)
    paragraphs = [at for at in range(tasks) if not _LIST.match(blocks[at])]
    return _cut(blocks, paragraphs[-1] if paragraphs else 0)


def _first(blocks: list[str], kind: re.Pattern[str]) -> int:
    """The place of the first list of this kind, or of the words before it."""
    at = next((at for at, one in enumerate(blocks) if kind.match(one)), len(blocks))
    return at - 1 if at > 1 and blocks[at - 1].endswith(":") else at


def _cut(blocks: list[str], at: int) -> tuple[str, str]:
    return "\n\n".join(blocks[:at]), "\n\n".join(blocks[at:])
