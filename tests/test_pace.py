"""How long a lesson takes, counted from what is in it; wherever it is said, it agrees.

The speeds fit people who walked the lessons, moved each control and did the exercises.
"""

import re
from pathlib import Path

import nbformat

from llm_lessons.foundation import paths
from llm_lessons.pages import execution
from tests.each import each_of

LESSONS = execution.lessons()
WORDS_A_MINUTE = 180
MINUTES = {  # for one of each
    r"^ll\.(?!Guess\()[A-Z]\w+\(": 4,  # a control that one moves
    r"^ll\.exercise\([^)]+\)$": 3,
    r"ll\.(predict|Guess)\(": 1,
}
A_CELL = 0.1  # to run it, and to look
LONGEST = 20


def minutes(path: Path) -> int:
    """Minutes for a lesson, to the nearest five, up to "If you want more"."""
    total = 0.0
    for cell in nbformat.read(path, as_version=4).cells:
        if "## If you want more" in cell.source:
            break
        said = cell.source
        if cell.cell_type == "code":
            total += A_CELL
            said = " ".join(re.findall(r'll\.say\(f?"""(.*?)"""', said, re.DOTALL))
        total += len(said.split()) / WORDS_A_MINUTE
        for what, each in MINUTES.items():
            total += each * len(re.findall(what, cell.source, re.MULTILINE))
    return 5 * round(total / 5)


@each_of("path", LESSONS)
def test_the_minutes_of_a_lesson_are_those_that_it_takes(path: Path):
    taken = minutes(path)
    assert taken <= LONGEST
    said = str(taken)
    top = nbformat.read(path, as_version=4).cells[0].source
    assert re.findall(r"[Aa]bout (\d+) minutes", top) == [said]
    for table in (paths.ROOT / "README.md", LESSONS[0]):
        rows = [line for line in table.read_text("utf-8").splitlines() if "| " in line]
        named = [row for row in rows if path.stem in row]
        found = [re.search(r"\| (\d+) \|", row) for row in named]
        assert all(one and one[1] == said for one in found), (table.name, named)
        assert named or (table, path) == (LESSONS[0], LESSONS[0])
