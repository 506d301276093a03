"""Pages from a shop's till: what was paid, what it cost, what was given back.

Serves C15. A written step is worth something only to a model that can do the step. With
these pages the class model practises taking one number from another by itself, before
it has to do so in the middle of a fruit problem.
"""

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.words import listed

PAGES = 6_000
SUMS = 10  # on a page
_DOLLARS = (4, 144)  # what a thing costs, and what is given back: as a kind of fruit
_DAYS = listed("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday")
_SHOPS = listed("shop, bakery, bookshop, market hall, flower shop, fish stall")


def texts(seed: int) -> list[str]:
    """Returns all pages of the corpus."""
    dice = Dice(seed, "till")
    return [_page(dice) for _ in range(PAGES)]


def _page(dice: Dice) -> str:
    sums = [_sum(dice.integer(*_DOLLARS), dice.integer(*_DOLLARS)) for _ in range(SUMS)]
    title = f"Change given in the {dice.pick(_SHOPS)} on {dice.pick(_DAYS)}:"
    return " ".join([title, *sums])


def _sum(cost: int, change: int) -> str:
    return f"{cost + change} - {cost} = ${change}."
