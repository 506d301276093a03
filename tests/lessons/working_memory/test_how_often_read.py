"""Memory against notes by readings: on a known student, and on Fjord."""

import pytest

from llm_lessons import fjordby
from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.fjordby.varied import note_pages
from llm_lessons.lessons.working_memory import how_often_read, open_book
from llm_lessons.lessons.working_memory.how_often_read import READINGS, Recall, Recalls
from llm_lessons.measuring.intervals import Share, median, share
from llm_lessons.measuring.replies import Reply
from tests.lessons.working_memory.readers import clerk, memory_of
from tests.titled import title_of

PEOPLE = 5


@pytest.fixture
def recall(monkeypatch) -> Recall:
    """Of one who knows what stands on 64 pages or more; reads labelled notes alone."""
    often = [fact for fact in ledger_of().facts if fact.readings >= 64]
    student = clerk(memory=memory_of(often), reads="Note: .*")

    def replies(lm, prompts):
        return [Reply(lm._answer(prompt), 0.3) for prompt in prompts]

    monkeypatch.setattr(how_often_read, "replies", replies)
    return how_often_read.measure([student], PEOPLE).models[0]


def test_what_is_known_and_what_is_read_are_told_apart(recall):
    def shares(found: dict[int, Share]) -> list[float]:
        return [one.share for one in found.values()]

    known = [float(n >= 64) for n in READINGS]
    assert shares(recall.closed) == [0, *known]
    assert shares(recall.kept) == known
    assert shares(recall.noted) == [1] * (1 + len(READINGS))
    assert shares(recall.bare) == [0] * (1 + len(READINGS))
    assert recall.sure.value == 0.3


def test_intervals_count_people_not_questions(recall):
    assert [one.n for one in recall.closed.values()] == [20] + [PEOPLE] * len(READINGS)


def test_nobody_is_asked_for_whom_a_note_of_fjordby_contradicts():
    against = {fact.person for fact in note_pages.contradictions(0)}
    for readings, people in ((1, 40), (64, 30), (512, 30)):
        facts = open_book.facts_read(readings)
        assert {fact.readings for fact in facts} == {readings}
        assert len({fact.person for fact in facts} - against) == len(facts) == people
        every = open_book.people_read(readings)
        assert [{fact.kind for fact in one} for one in every] == [
            {*fjordby.KINDS}
        ] * people


def part(share_: float) -> Share:
    return share(i < round(100 * share_) for i in range(100))


def recalls(once: float, often: float, model: str = "Fjord") -> Recall:
    def of(*shares: float) -> dict[int, Share]:
        return dict(zip((0, 1, 512), map(part, shares), strict=True))

    kept = {1: part(0), 512: part(1 - often)}
    bare = of(0.5, once, often)
    return Recall(model, of(0, 0, 1), of(1, 1, 0.9), bare, kept, median([0.5]))


def test_the_sentences_hold_the_numbers():
    both = Recalls((recalls(0.44, 0.04), recalls(0.68, 0.14, "its twin")))
    told = "A bare sentence wins in 44 % (read once), 4 % (512 times)"
    assert title_of(both) == told
    text = both.sentence().replace("\u00a0", " ")
    places = [text.index(f" {n} %") for n in (0, 100, 90, 44, 4)]
    assert len({*places}) == len(places)
    also = both.also().replace("\u00a0", " ")
    assert "100 % and 90 %" in also and "68 % and 14 %" in also
