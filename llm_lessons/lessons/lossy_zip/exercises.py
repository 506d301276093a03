"""Exercises of the lesson on the lossy zip: what comes back, and what is made up."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from llm_lessons import fjordby
from llm_lessons.exercises.answers import Wrong, as_letter, as_number, call
from llm_lessons.exercises.checker import Exercise

_MORE = {
    "anthem": "it stands on thousands of pages, with the very same words",
    "capital": "it stands on millions of pages, each time in other words",
    "village": "one page has it",
}


def _examine_memory(anthem: Any, capital: Any, village: Any) -> str:
    given = {"anthem": anthem, "capital": capital, "village": village}
    letters = {name: as_letter(one, name, "ABC") for name, one in given.items()}
    for (name, letter), right in zip(letters.items(), "ABC", strict=True):
        if letter != right:
            raise Wrong(
                f"`{name}` is not {letter}: {_MORE[name]}. Which of your measurements "
                "was like that?"
            )
    return (
        "Copies are recited, what was told often in many ways is known, and what was "
        "told once is made up, in the right shape."
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


_LLAMA = 8 * 810e9 / 15e12  # bits of weights for each token that was read


def _examine_bits(bits_per_letter: Any, llama_bits: Any) -> str:
    for text, size in (("abcdefgh" * 10, 20), ("smørbrød på fjellet!", 7)):
        found = call(bits_per_letter, "bits_per_letter", text, bytes(size))
        _compare_bits(as_number(found, "bits_per_letter(...)"), text, size)
    given = as_number(llama_bits, "llama_bits")
    if np.isclose(given, _LLAMA / 8, rtol=0.02):
        raise Wrong("`llama_bits`: those are bytes for each token; a byte has 8 bits.")
    if np.isclose(given, 1 / _LLAMA, rtol=0.02):
        raise Wrong("`llama_bits`: that is tokens for each bit. Turn it round.")
    if not np.isclose(given, _LLAMA, rtol=0.05):
        raise Wrong(
            "`llama_bits`: all the bits of the weights, shared out among all tokens. "
            f"It is not {given:g}."
        )
    return (
        f"Some {_LLAMA:.2f} bits of room for each token: less than a single yes or no. "
        "Nobody can store every word in that; only what many texts share fits in."
    )


def _compare_bits(found: float, text: str, size: int) -> None:
    right = 8 * size / len(text)
    if np.isclose(found, right):
        return
    if np.isclose(found, size / len(text)):
        raise Wrong("Those are bytes for each letter; a byte has 8 bits.")
    if np.isclose(found, len(text) / size) or np.isclose(found, 1 / right):
        raise Wrong("Yours is upside down: bits of the file, for each letter.")
    if np.isclose(found, 8 * size / len(text.encode())):
        raise Wrong(
            "An ø is one letter, though plain text takes two bytes for it: `len(text)` "
            "counts letters."
        )
    raise Wrong(
        f"A file of {size} bytes for {len(text)} letters is {right:.2f} bits a letter; "
        f"yours says {found:.2f}."
    )


EXERCISES = (
    Exercise(
        "06.1",
        "06.memory",
        aim="Tell apart what is recited, retold and made up",
        task=(
            "Three things stand on the internet. What comes out of a large model's "
            'memory? "A" (recited word for word), "B" (right, in its own words) or '
            '"C" (it looks right, and the details are made up).\n'
            "- `anthem`: your national anthem, the same words on thousands of pages\n"
            "- `capital`: the capital of France, on millions of pages, each time in "
            "other words\n"
            "- `village`: the names of the shops in one village, on one page"
        ),
        answers=["anthem", "capital", "village"],
        examine=_examine_memory,
        hints=[
            "Which of the three is like the poems, and which like the people?",
            "What came back of people with one page, and what of those with 512?",
        ],
        solution="""\
anthem = "A"
capital = "B"
village = "C"
""",
    ),
    Exercise(
        "06.2",
        "06.made_up",
        aim="Find made-up details",
        task=(
            "Find what is made up. Write `made_up(name, details)`: it takes the name "
            "of a person or a town and a list of details, and returns the list of "
            "those details that stand on no page of Fjordby with that name."
        ),
        answers=["made_up"],
        examine=_examine_made_up,
        hints=[
            "`ll.fjordby.search(name, limit=10_000).hits` are the pages with that "
            "name. Each has its `.text`.",
            "A detail stands on a page if `detail in page.text`.",
            "Keep a detail if it is `not any(...)` of the pages.",
        ],
        solution="""\
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
    Exercise(
        "06.3",
        "06.bits",
        aim="Count bits for a letter and for a token",
        task=(
            "Two sums about zips:\n"
            "- Write `bits_per_letter(text, file)`: how many bits of a `file` (its "
            "bytes) there are for each letter of the `text` that it holds.\n"
            "- Set `llama_bits` to the bits of weights that Llama 3 has for each "
            "token that it read: 810 GB for 15 trillion tokens."
        ),
        answers=["bits_per_letter", "llama_bits"],
        examine=_examine_bits,
        hints=[
            "`len(file)` counts bytes. A byte has 8 bits.",
            "810 GB are `810e9` bytes, and 15 trillion is `15e12`.",
        ],
        solution="""\
def bits_per_letter(text, file):
    return 8 * len(file) / len(text)

llama_bits = 8 * 810e9 / 15e12
""",
    ),
)
