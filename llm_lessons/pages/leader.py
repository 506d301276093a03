"""The first page of the ZIP for who leads: what to open, to print and to click on."""

import re
import sys
from pathlib import Path

from llm_lessons.foundation.paths import TEXTS
from llm_lessons.pages.markup import rendered
from llm_lessons.pages.page import page
from llm_lessons_starter.atomic import write_text
from llm_lessons_starter.command_line import carry_out

TITLE = "LLM Lessons: you lead an evening"
_PATH = re.compile(r"<code>((?:english|lessons|norsk)/[\w./]+)</code>")


def leader() -> str:
    """The page as HTML; a file of the ZIP that it names is a link to it."""
    source = (TEXTS / "lead.md").read_text(encoding="utf-8")
    body = _PATH.sub(r'<a href="\1"><code>\1</code></a>', rendered(source))
    return page(TITLE, [], head=body)


def main() -> int:
    path = Path(sys.argv[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, leader())
    return 0


if __name__ == "__main__":
    sys.exit(carry_out(main))
