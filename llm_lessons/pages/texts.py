"""A notebook's texts for people who read a page: what goes."""

import re

# The sentence to remember, in the last part of a lesson.
REMEMBER = re.compile(r"\*\*Remember:\*\*\s*(.+?)(?:\n\n|\Z)", re.DOTALL)
_RUNS = re.compile(r"\brun\s+(?:the|this|that)\s+cell\b")
_KEYS = re.compile(rf"Shift\+Enter|\bfirst\s+cell\s+has\b|{_RUNS.pattern}")
_ITEM = re.compile(r"^(?=\d+\. |- )", re.MULTILINE)
_TAKES_LONG = re.compile(r"\(?[^.:!?()]*\btakes\s+some\s+seconds\b[^.:!?()]*[.:]\)?")
# Said of a quiz in a notebook; in a page one sees it at the first tap.
_PICK_AGAIN = re.compile(r"\s+You can pick again, and each choice tells\s[^.]+\.")
_ALL_LESSONS = re.compile(r" · \[all lessons\]\([^)]+\)")  # the page's bar leads there


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
        for unneeded in (_PICK_AGAIN, _TAKES_LONG, _ALL_LESSONS):
            kept = unneeded.sub("", kept)
        blocks.append(re.sub(r" +$", "", kept, flags=re.MULTILINE))
    return "\n\n".join(one for one in blocks if one.strip()), asked
