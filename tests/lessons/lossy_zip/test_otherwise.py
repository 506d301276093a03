"""What is told of facts asked for otherwise is what was counted."""

from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.fjordby.people import Person
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.lossy_zip import otherwise, regurgitation
from llm_lessons.lessons.lossy_zip.otherwise import (
    BACKWARDS,
    READ,
    REWORDED,
    Otherwise,
    from_the_middle,
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


def not_asked(person: Person) -> bool:
    """Whether no page asks about somebody read about often in many wordings."""
    return person.readings >= otherwise.OFTEN and not person.in_many_wordings


def test_a_way_counts_what_is_right(monkeypatch):
    """By a model that knows every town in one wording, and one who lives there."""
    lm, asked = load("fjord"), []

    def begins(_, prompts, texts):
        asked.append(len(prompts))
        return [" lives in" in one or one.endswith("moved to") for one in prompts]

    monkeypatch.setattr(otherwise, "begins", begins)
    monkeypatch.setattr(otherwise, "_named", lambda _, some: [*map(not_asked, some)])
    right = otherwise.measure(lm, 8).right
    assert asked == [8, *[8] * len(otherwise.WORDINGS)]
    assert (right[READ].share, right[BACKWARDS].share) == (1, 1)
    assert right[REWORDED].share == 1 / len(otherwise.WORDINGS)
    assert right[REWORDED].n == len(otherwise.WORDINGS)


def test_fjord_recites_what_it_read_often_from_its_beginning_only():
    often = [one for one in ledger_of().documents if one.copies >= otherwise.OFTEN][:6]
    recited = regurgitation.recite(load("fjord"), often).recitals
    assert sum(one.share for one in recited) / len(often) > 0.9
    middle = from_the_middle(load("fjord"), often)
    assert middle.n == len(often) and middle.share < 0.5
