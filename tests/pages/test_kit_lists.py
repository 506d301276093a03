"""The kit's lists: counts that match the people, and files that were made."""

from dataclasses import replace
from typing import Any

import pytest

from llm_lessons.pages.kit import lists
from llm_lessons.pages.kit.games import most_marbles
from llm_lessons.pages.kit.lists import LOWEST, halves, list_page, tables
from llm_lessons.pages.kit.words import Words
from llm_lessons_room import handouts
from llm_lessons_room.content import kit
from llm_lessons_room.content.decks import Deck, decks
from llm_lessons_room.content.kinds import CARDS
from llm_lessons_room.content.kit import Settings

WORDS = Words()
SIDES = {"leader": 1, "story": 2, "tree": 1, "auction": 1, "relay": 3}
# Files of a kit, and how many sides each has.
FILES = {"cards": 8, "kit": 2, "leaf": 2, "run_sheet_90_minutes": 2, "verse": 2}
FILES |= {"signs": 5, "certificate": 1}
FILES |= {"arrival": 1, "exit": 1, "04_temperature": 2, "08_chain_of_thought": 2}
FILES = {f"{name}.pdf": sides for name, sides in FILES.items()}


def evening(people: int, **changed: Any) -> lists.Evening:
    sheets = {4: "04_temperature.pdf", 8: "08_chain_of_thought.pdf"}
    run_sheet = "run_sheet_90_minutes.pdf"
    made = lists.Evening(
        people,
        "90 minutes",
        FILES,
        SIDES,
        {"story"},
        set(),
        "leaf.pdf",
        sheets,
        run_sheet,
    )
    return replace(made, **changed)


@pytest.mark.parametrize("people", range(LOWEST, 61))
def test_there_is_enough_of_everything_and_not_much_too_much(people: int):
    sizes = tables(people)
    assert sum(sizes) == people
    # four at least: in the relay one reads, one is alone, and a line needs two
    assert all(4 <= size <= 6 for size in sizes) or sizes == [7]
    assert max(sizes) - min(sizes) <= 1
    made = evening(people)
    every = [*lists.to_print(made), *lists.optional(made), *lists.in_reserve(made)]
    listed = {(one.key, one.lesson): one for one in every}
    assert len(listed) == len(every)
    sets = len(made.tables)
    assert listed["leaf", None].leaves == people
    assert listed["sheet", 4].leaves == listed["sheet", 8].leaves == people
    for key in ("story", "relay"):
        assert listed[key, None].copies == sets
        assert listed[key, None].leaves == sets * SIDES[key]
    assert listed["auction", None].copies == made.bidders >= 2
    for key in ("arrival", "verse", "tree"):  # one for two at each table
        assert people <= 2 * listed[key, None].copies <= people + sets
    assert 0 <= 4 * listed["exit", None].copies - people < 4
    assert 0 <= 2 * listed["certificate", None].copies - people < 2
    brought = dict(lists.to_bring(made))
    assert brought["pens"] >= people
    assert not brought.keys() & {"dice", "marbles", "laptops"}  # nobody needs them
    # each of cards.pdf's pages is printed, and none twice
    assert tuple(SIDES)[1:] == CARDS
    spans = [one.pages for one in listed.values() if one.file == "cards.pdf"]
    pages = sorted(
        page for span in spans if span for page in range(span[0], span[1] + 1)
    )
    assert pages == [*range(1, 1 + sum(SIDES.values()))]


@pytest.mark.parametrize("missing", sorted(FILES))
def test_a_list_names_no_file_that_was_not_made(missing: str):
    files = {name: sides for name, sides in FILES.items() if name != missing}
    made = evening(25, files=files)
    with pytest.raises(ValueError, match=rf"list {missing}, which was not made"):
        list_page(made, WORDS)


def test_an_evening_lists_what_it_uses_and_keeps_the_rest_in_reserve():
    day = evening(25, title="A day", played={"tree", "auction", "relay"}, laptops=True)
    used = {one.key for one in lists.to_print(day)}
    rest = {one.key for one in lists.in_reserve(day)}
    assert {"tree", "auction", "relay", "leader"} <= used
    assert rest == {"verse", "solution", "story"}
    brought = dict(lists.to_bring(day))
    assert brought["marbles"] == most_marbles()
    assert brought["laptops"] == halves(day.tables)
    # the shortest evening prints at most a dozen leaves, and plays cards if it has time
    short = evening(25, played=set(), may_be_played={"story"})
    assert sum(one.leaves for one in lists.to_print(short)) <= 12
    assert {"story", "leaf", "exit"} <= {one.key for one in lists.optional(short)}
    # without a leaf, everybody takes the sheets home
    long = evening(25, leaf="")
    keys = [one.key for one in lists.to_print(long)]
    assert keys.count("sheet") == 2 and "leaf" not in keys
    assert "sheet" not in [one.key for one in lists.optional(long)]


def files_of(deck: Deck, *lessons: str) -> dict[str, int]:
    """The files of a deck's kit, and the sheets of lessons."""
    own = dict.fromkeys((f"run_sheet_{deck.id}.pdf", *lessons), 2)
    return own | {name: FILES[name] for name in FILES if not name[0].isdigit()}


def test_a_kit_is_that_of_the_evening_that_was_named():
    sides = {name: ["side"] * count for name, count in SIDES.items()}
    for deck in decks():
        files = files_of(deck, "04_temperature.pdf", "05_training.pdf")
        made = kit.evening(Settings(25, evening=deck.id), sides, files)
        games = [step for step in deck.steps if step.kind == "game"]
        assert games and made.title == deck.title
        # each game of the shipped evenings says what it is played with
        used = {card for step in games for card in step.own["cards"]}
        assert {*made.played} | {*made.may_be_played} == used
        assert made.run_sheet == f"run_sheet_{deck.id}.pdf"
        # of the sheets that were made, those of its own lessons
        remembered = {step.lesson for step in deck.steps if step.kind == "remember"}
        assert {*made.sheets} == {4, 5} & remembered
        assert made.leaf == ("leaf.pdf" if len(remembered) <= 3 else "")
        on_laptops = any("laptop" in step.own.get("text", "") for step in deck.steps)
        assert made.laptops == on_laptops == (deck.id == "day")
    shortest = Settings().deck
    assert shortest.minutes == 90
    asked = Settings(25, language="nb")
    files = files_of(shortest, "04_temperature.pdf", "04_temperature_nb.pdf")
    assert kit.evening(asked, sides, files).sheets == {4: "04_temperature_nb.pdf"}


def test_a_kit_without_the_lessons_says_what_it_lacks():
    shortest, *_, day = decks()
    steps = [step for step in shortest.steps if step.kind == "figure"]
    drawn = {(step.lesson, step.own["cell"]): None for step in steps}
    assert [*handouts.missing_from_kit(Settings(), drawn)] == []  # type: ignore[arg-type]
    (figures,) = handouts.missing_from_kit(Settings(), {})
    assert figures.startswith(f"Figures that slides and leaf lack: {len(drawn)}.")
    asked = [Settings(evening=day.id, language=code) for code in ("en", "nb")]
    own, others = ([*handouts.missing_from_kit(one, {})][-1] for one in asked)
    assert "those of lessons 1, 2, 3, 4, 5" in own
    assert "those of lessons 1, 2, 3, 5" in others  # 4 is told in Norwegian
