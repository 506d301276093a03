"""Memory against notes by readings: on a known student, and on Fjord."""

from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.lessons.working_memory import how_often_read
from llm_lessons.lessons.working_memory.how_often_read import READINGS
from llm_lessons.measuring.intervals import Share
from llm_lessons.measuring.replies import Reply
from tests.lessons.working_memory.readers import clerk, memory_of

PEOPLE = 5


def test_what_is_known_and_what_is_read_are_told_apart(monkeypatch):
    """By one who knows what stands on 64 pages or more, and reads labelled notes."""
    often = [fact for fact in ledger_of().facts if fact.readings >= 64]
    student = clerk(memory=memory_of(often), reads="Note: .*")

    def replies(lm, prompts):
        return [Reply(lm._answer(prompt), 0.3) for prompt in prompts]

    monkeypatch.setattr(how_often_read, "replies", replies)
    (recall,) = how_often_read.measure([student], PEOPLE).models

    def shares(found: dict[int, Share]) -> list[float]:
        return [one.share for one in found.values()]

    known = [float(n >= 64) for n in READINGS]
    assert shares(recall.closed) == [0, *known]
    assert shares(recall.kept) == known
    assert shares(recall.noted) == [1] * (1 + len(READINGS))
    assert shares(recall.bare) == [0] * (1 + len(READINGS))
    assert recall.sure.value == 0.3
    # people are counted, not questions
    assert [one.n for one in recall.closed.values()] == [20] + [PEOPLE] * len(READINGS)
