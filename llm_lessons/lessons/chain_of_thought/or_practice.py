"""Steps, or a jump that was practised? How far each gets, and on how many texts.

Claims C14 and C15. What the class model can't do in one jump, another may learn to do:
the control of lesson 7 has read nothing else. So the steps are weighed against practice
at jumping: as much of it as they had themselves, and the most that was tried.
"""

from llm_lessons.fjordby.varied import marbles
from llm_lessons.lessons.per_token_compute.changes import PRACTISED, BothWays
from llm_lessons.lessons.per_token_compute.practice_or_depth import Control
from llm_lessons.lessons.per_token_compute.shallow_and_deep import Look
from llm_lessons.measuring.intervals import better

MOST = PRACTISED[-1]  # changes


def _jumps(control: Control) -> tuple[Look, Look]:
    """The best model with about as many texts as the steps had, and the best of all."""
    pages, looks = marbles.PAGES_BY_CHANGES[MOST], control.of_changes(MOST).values()
    alike = [look for own in looks for look in own if look.documents >= pages]
    least = min(look.documents for look in alike)
    few = [look for look in alike if look.documents == least]
    ends = [own[-1] for own in looks]
    few, many = (max(some, key=lambda look: look.right.share) for some in (few, ends))
    return few, many


def sentence(measured: BothWays, control: Control) -> str:
    """Both, in numbers."""
    (at_once, steps), (few, many) = measured.at(MOST), _jumps(control)
    return (
        f"Fjord has read {marbles.PAGES_BY_CHANGES[MOST]:,} pages of {MOST} changes "
        "with their steps, and as many with the answer at once. By steps "
        f"{steps.right.percent} are right, at once {at_once.right.percent}. The models "
        "of the control in lesson 7 have read nothing but answers at once. Of them, "
        f"the best has {few.right.percent} right after {few.documents:,} texts of "
        f"{MOST} changes, and {many.right.percent} after {many.documents:,}."
    )


def conclusion(measured: BothWays, control: Control) -> str:
    """What practice can do; clearly is: the intervals lie apart."""
    steps, (few, many) = measured.at(MOST)[1].right, _jumps(control)
    if not better(steps, few.right):
        return "Here, a jump that is practised as often does no worse than the steps."
    if not better(many.right, few.right):
        return "All that practice did not make the jump clearly better."
    pages = marbles.PAGES_BY_CHANGES[MOST]
    enough = control.learned(MOST, least=pages)
    if enough is None:
        return "Practice makes the jump better, but the steps stay far ahead."
    more = enough.documents / pages
    return (
        "So a jump can be learned, too, even for numbers that were never met together. "
        f"But for {enough.right.percent} it took {more:.0f} times as many pages of "
        f"{MOST} changes as the steps had. A likely reason: on a page with steps each "
        "small sum is practised; on a page with a jump, only the end."
    )
