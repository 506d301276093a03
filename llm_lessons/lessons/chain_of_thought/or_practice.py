"""Steps, or a jump that was practised? How far each gets, and on how many texts.

Claims C14 and C15. What the class model can't do in one jump, another may learn to do:
the control of lesson 7 has read nothing else. So the steps are weighed against practice
at jumping: as much of it as they had themselves, and the most that was tried.
"""

from llm_lessons.fjordby import marbles
from llm_lessons.lessons.per_token_compute.changes import PRACTISED, BothWays
from llm_lessons.lessons.per_token_compute.practice_or_depth import Control
from llm_lessons.lessons.per_token_compute.shallow_and_deep import Look
from llm_lessons.measuring.intervals import apart

MOST = PRACTISED[-1]  # changes


def _jumps(control: Control) -> tuple[Look, Look]:
    """The best model with about as many texts as the steps had, and with the most."""
    pages = marbles.PAGES_BY_CHANGES[MOST]
    looks = [look for look in control.looks if look.changes == MOST]
    enough = [look.documents for look in looks if look.documents >= pages]
    few, many = (
        max(
            (look for look in looks if look.documents == read),
            key=lambda look: look.right.share,
        )
        for read in (min(enough), max(enough))
    )
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
    if not apart(many.right, few.right) or many.right.share < few.right.share:
        return "All that practice did not make the jump clearly better."
    if not apart(few.right, steps) or few.right.share > steps.share:
        return "Here, a jump that is practised as often does no worse than the steps."
    return (
        "So a jump can be learned, too, but it takes far more practice. The steps get "
        "there with little: each of them is a sum that stands on many pages, and the "
        "whole need not have been met."
    )
