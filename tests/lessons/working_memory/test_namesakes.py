"""Answers about strangers, and what is true of people with names like theirs."""

from collections.abc import Sequence

import pytest

from llm_lessons import figures
from llm_lessons.fjordby import Fact, words
from llm_lessons.lessons.working_memory import namesakes
from llm_lessons.measuring.intervals import share
from tests.known import Known
from tests.titled import title_of


def fact(person: str, value: str, kind: str = "town", readings: int = 512) -> Fact:
    return Fact(person, kind, value, readings, 0, 0)


# Everybody well known lives in a town of their own; so a town tells whom it belongs to.
KNOWN = [
    fact("Alma Solberg", "Lomvik"),
    fact("Nils Solbro", "Oksvik"),
    fact("Nils Lundaas", "Torsby"),
]


def rows(answers: Sequence[tuple[str, str, str]]) -> dict[str, tuple[float, float]]:
    found = namesakes.compare(answers, KNOWN)
    return {row.way: (row.taken.share, row.chance.share) for row in found.rows}


def test_a_name_comes_apart_where_it_was_put_together():
    assert namesakes.parts_of("Alma Solberg") == ("Alma", "Sol", "berg")
    assert namesakes.parts_of("Alma Kefiro") == ("Alma", "", "")
    assert namesakes.parts_of("Zorba") == ("Zorba", "", "")
    for parts in words.SURNAME_PARTS[::97]:
        assert namesakes.parts_of("Ida " + words.surname(*parts))[1:] == parts


def test_what_belongs_to_somebody_alike_is_told_from_what_belongs_to_others():
    first, begins, ends = namesakes.ALIKE
    # Each gets the town of the one with the same first name, and of nobody else alike.
    found = rows(
        [("Alma Vestnes", "town", "Lomvik"), ("Nils Myrholm", "town", "Oksvik")]
    )
    assert found == {first: (1, 0), begins: (0, 0), ends: (0, 0)}
    # The first one's surname begins as those of two, and ends as that of a third.
    found = rows([("Ida Solaas", "town", "Oksvik"), ("Per Myrbro", "town", "Torsby")])
    assert found[begins] == (0.5, 0) and found[first] == (0, 0)
    assert found[ends] == (0, 1)


def test_another_kind_of_fact_and_nonsense_do_not_count():
    answers = [("Alma Vestnes", "job", "Lomvik"), ("Nils Myrholm", "town", "")]
    assert set(rows(answers).values()) == {(0, 0)}


def test_a_model_that_goes_by_first_names_is_found_out():
    facts = [one for one in namesakes.ledger_of().facts if one.readings >= 64]
    town = {one.person.split()[0]: one.value for one in facts if one.kind == "town"}

    def write(prompt: str) -> str:
        names = (name for name in words.FIRST_NAMES if f" {name} " in prompt)
        first = next(names, "")
        return f" {town.get(first, 'Nowhere')}."

    found = namesakes.measure(Known(write), 150)
    by_first, *others = found.rows
    asked = namesakes.notes.held_out(150, 0)
    towns = [
        page.asked.name.split()[0] in town
        for page in asked
        if page.asked.kind == "town"
    ]
    assert by_first.taken.share == pytest.approx(sum(towns) / 150)
    assert by_first.is_clear and by_first.chance.share < 0.1
    assert not any(row.is_clear for row in others)
    sentence = found.sentence().replace("\u00a0", " ")
    assert f"first name: {round(100 * by_first.taken.share)} % (by chance" in sentence
    assert "more than chance for the same first name: a stranger gets" in sentence


def test_no_more_than_chance_is_said_so_and_all_of_it_is_drawn():
    some, fewer = share([1, 0, 0, 0]), share([1, 0, 0, 0, 0])
    found = namesakes.Namesakes(
        tuple(namesakes.Alike(way, some, fewer) for way in namesakes.ALIKE)
    )
    assert found.sentence().endswith("no more than chance: names don't explain it.")
    figure = found.figure()
    drawn = [bars[0].get_xdata().tolist() for bars in figure.axes[0].containers]
    assert drawn == [[0.25] * 3, [0.2] * 3]
    assert figures.to_svg(figure, alt=found.alt()).startswith("<svg")


def test_the_title_says_what_is_more_than_chance():
    def found(*pairs: tuple[float, float]) -> namesakes.Namesakes:
        return namesakes.Namesakes(
            tuple(
                namesakes.Alike(
                    way, *(share(i < round(100 * x) for i in range(100)) for x in xs)
                )
                for way, xs in zip(namesakes.ALIKE, pairs, strict=True)
            )
        )

    assert title_of(found((0.28, 0.05), (0.32, 0.04), (0.1, 0.06))) == (
        "32 % of answers fit somebody named alike, by chance 4 %"
    )
    # what is not clear doesn't count, even if it is more
    assert title_of(found((0.28, 0.05), (0.9, 0.9), (0.1, 0.06))) == (
        "28 % of answers fit somebody named alike, by chance 5 %"
    )
    assert title_of(found((0.1, 0.06), (0.1, 0.9), (0, 0))) == (
        "No clear sign that names lead to the answers"
    )
