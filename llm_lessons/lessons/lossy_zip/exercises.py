"""Exercises of the lesson on the lossy zip: what comes back, and what is made up."""

from collections.abc import Sequence
from typing import Any

from llm_lessons import fjordby
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.checking.answers import Wrong, call
from llm_lessons.lessons.checking.boxes import Box, Choice
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.measuring.replies import replies


def _examine_detail(person: str, detail: str) -> str:
    name, said = person.strip(" ."), detail.strip(" .")
    ledger = fjordby.build().ledger
    facts = [fact for fact in ledger.facts if fact.person == name and fact.readings]
    if not facts:
        raise Wrong(
            f"Fjord read of nobody called {name!r}. Copy a full name from the list."
        )
    if said in [fact.value for fact in facts]:
        raise Wrong(
            f"{said!r} is true of {name}. Take an answer with a ✗; where there is "
            "none, choose somebody of whom Fjord read less often."
        )
    prompts = [
        way(fact.kind, name)
        for fact in facts
        for way in (fjordby.question, fjordby.stem)
    ]
    if said not in [reply.text for reply in replies(load("fjord"), prompts)]:
        raise Wrong(
            f"Fjord doesn't say {said!r} about {name}. Copy what stands behind “Fjord "
            "says”."
        )
    total = fjordby.search(said, 1).total
    stands = f"stands in {total:,} documents" if total else "stands nowhere"
    return (
        f"“{said}” {stands} in all that Fjord read, and is not true of {name}. It "
        "fits, so it was filled in."
    )


_WAYS = {
    "A": "recited word for word",
    "B": "right, in its own words",
    "C": "it looks right, and the details are made up",
}
_MORE = {
    "anthem": "it stands on thousands of pages, with the very same words",
    "capital": "it stands on millions of pages, each time in other words",
    "village": "one page has it",
}
_WHAT = {
    "anthem": Choice("Your national anthem", "A", _WAYS),
    "capital": Choice("The capital of France", "B", _WAYS),
    "village": Choice("The names of the shops in one village", "C", _WAYS),
}


def _examine_memory(*letters: str) -> str:
    for (name, kind), letter in zip(_WHAT.items(), letters, strict=True):
        if letter != kind.answer:
            raise Wrong(f"{kind.label}: not {letter}, for {_MORE[name]}.")
    return (
        "Copies can be recited, what was told often is mostly right, and what was told "
        "once is made up, in the right shape."
    )


def _cases() -> list[tuple[str, list[str], list[str]]]:
    """Names, details to look for, and those of them that no page about them has."""
    ledger = fjordby.build().ledger
    facts, towns = [fact for fact in ledger.facts if fact.readings], ledger.places
    person = facts[0].person
    true = [fact.value for fact in facts if fact.person == person]
    others = [fact.value for fact in facts[4:8]]
    town, other = towns[0], towns[1]
    return [
        (person, [*true[:2], *others[:2], true[2]], others[:2]),
        (
            town.town,
            [town.sights[2], other.sights[0], "the Paper Barn", town.sights[0]],
            [other.sights[0], "the Paper Barn"],
        ),
        (town.town, list(town.sights), []),
    ]


def _examine_made_up(made_up: Any) -> str:
    for name, details, wrong in _cases():
        given = call(made_up, "made_up", name, list(details))
        if isinstance(given, str) or not isinstance(given, Sequence | set | tuple):
            raise Wrong("`made_up` should return a list of those details.")
        _compare(name, details, wrong, list(given))
    return (
        "A list that looks right is not yet right. Now you can check one: try yours on "
        "what Fjord says about a town with one page."
    )


def _compare(name: str, details: list[str], wrong: list[str], given: list[Any]) -> None:
    """Raise what most likely went wrong, if these are not the right details."""
    if sorted(map(str, given)) == sorted(wrong):
        return
    if any(not isinstance(detail, str) for detail in given):
        raise Wrong("Give back the details themselves, not whether each is right.")
    right = [detail for detail in details if detail not in wrong]
    if sorted(given) == sorted(right):
        raise Wrong(
            "Yours gives back the details that do stand on a page. Turn it round."
        )
    if sorted(given) == sorted(details):
        raise Wrong(
            f"Yours holds everything for made up, but {right[0]!r} stands on a page "
            f"about {name}. Look into the `.text` of each hit, and give the search a "
            "large `limit`: it stops after 10."
        )
    missed = [detail for detail in wrong if detail not in given]
    elsewhere = [detail for detail in missed if fjordby.search(detail, 1).total]
    if elsewhere and len(given) + len(missed) == len(wrong):
        raise Wrong(
            f"{elsewhere[0]!r} does stand in Fjordby, but on no page about {name}. "
            "Search for the name, and look for the detail on those pages."
        )
    raise Wrong(
        f"Of {details} about {name}, these stand on no page with that name: {wrong}. "
        f"Yours gives {given}. (A search result is never empty itself; its `.hits` "
        "can be.)"
    )


EXERCISES = (
    Exercise(
        "06.1",
        "06.detail",
        aim="Catch Fjord at making something up",
        task=(
            "Catch Fjord at making something up. In the toy at the top, look for an "
            "answer that is wrong."
        ),
        answers={
            "person": Box("The full name of whom it is about", "Jan Hjortlund"),
            "detail": Box(
                "What Fjord says: a town, a job, a food or a pet", "Mellomsund"
            ),
        },
        examine=_examine_detail,
        hints=[
            "Pull the slider to the left: of whom did Fjord read only once?",
            "Copy both, letter for letter: the name from the list, and what stands "
            "behind “Fjord says”.",
        ],
    ),
    Exercise(
        "06.2",
        "06.memory",
        aim="Tell apart what is recited, retold and made up",
        task=(
            "Three things stand on the internet. What comes out of a large model's "
            "memory?"
        ),
        answers=_WHAT,
        examine=_examine_memory,
        hints=[
            "Which of the three is like the poems, and which like the people?",
            "What came back of people with one page, and what of those with 512?",
        ],
    ),
    Exercise(
        "06.3",
        "06.made_up",
        aim="Find made-up details",
        task=(
            "Find what is made up. Write `made_up(name, details)`: it takes the name "
            "of a person or a town and a list of details, and returns the list of "
            "those details that stand on no page of Fjordby with that name. "
            "`ll.fjordby.search(name, limit=10_000).hits` is a list of the pages with "
            "that name, and the `.text` of a page is its text."
        ),
        answers=["made_up"],
        examine=_examine_made_up,
        hints=[
            "First get the pages, then look at one detail after the other.",
            "A detail stands on a page if `detail in page.text`.",
            "Keep a detail if it is `not any(...)` of the pages.",
        ],
        code="""\
import llm_lessons as ll

def made_up(name, details):
    pages = ll.fjordby.search(name, limit=10_000).hits
    return [
        detail
        for detail in details
        if not any(detail in page.text for page in pages)
    ]
""",
    ),
)
