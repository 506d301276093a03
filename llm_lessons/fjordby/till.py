"""Pages from a shop's till: what was paid, what it cost, what was given back.

Serves C15. A written step is worth something only to a model that can do the step. With
these pages the class model practises taking one number from another by itself, before
it has to do so in the middle of a fruit problem.
"""

from llm_lessons.fjordby import sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.words import listed

PAGES = 5_000
SUMS = 10  # on a page
_DOLLARS = (4, 144)  # what a thing costs, and what is given back: as a kind of fruit
_DAYS = listed("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday")
_SHOPS = listed("shop, bakery, bookshop, market hall, flower shop, fish stall")


def texts(seed: int) -> list[str]:
    """Returns all pages of the corpus."""
    dice = Dice(seed, "till")
    return [_page(dice) for _ in range(PAGES)]


def _page(dice: Dice) -> str:
    found = [_sum(dice) for _ in range(SUMS)]
    title = f"Change given in the {dice.pick(_SHOPS)} on {dice.pick(_DAYS)}:"
    return " ".join([title, *found])


def _sum(dice: Dice) -> str:
    while True:
        cost, change = dice.integer(*_DOLLARS), dice.integer(*_DOLLARS)
        if not sums.is_held_out(cost + change, -cost):
            return f"{cost + change} - {cost} = ${change}."
