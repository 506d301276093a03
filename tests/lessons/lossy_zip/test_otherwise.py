"""What is told of facts asked for otherwise is what was counted."""

from llm_lessons.lessons.lossy_zip import otherwise
from llm_lessons.lessons.lossy_zip.otherwise import (
    BACKWARDS,
    READ,
    REWORDED,
    Otherwise,
)
from llm_lessons.measuring.intervals import over_forms, share


def found(read: int, reworded: int, backwards: int) -> Otherwise:
    def of_20(right: int):
        return share(i < right for i in range(20))

    other = over_forms(of_20(reworded), len(otherwise.WORDINGS))
    ways = {READ: of_20(read), REWORDED: other, BACKWARDS: of_20(backwards)}
    return Otherwise(ways, 20)


def test_what_is_lost_is_told_and_what_is_kept_is_not():
    lost = found(20, 0, 0).conclusion()
    assert "found less in other words or backwards" in lost
    assert "found less backwards: it is" in found(20, 18, 1).conclusion()
    assert "in each of these ways" in found(20, 20, 20).conclusion()
    told = found(20, 5, 1).sentence().replace("\u00a0", " ")
    assert all(part in told for part in ("20 people", "100 %", "25 %", "5 %"))
