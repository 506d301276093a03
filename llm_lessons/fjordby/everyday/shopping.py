"""Two kinds of goods, a sum, one price known: what does the other cost?

Serves C15, in the words of people who shop. The steps are those of `varied.fruit`.
"""

from llm_lessons.fjordby import sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import strange
from llm_lessons.fjordby.everyday.wording import capital, frames, said
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import fruit
from llm_lessons.fjordby.varied.shop import Numbers, Told
from llm_lessons.fjordby.varied.subjects import subject
from llm_lessons.fjordby.varied.things import Thing

FILE = "shop.txt"
AT_ONCE, STEP_BY_STEP = 3_000, 13_000
_LONGEST = 260
_COUNTS, _PRICES = (2, 12), (2, 15)
_ORDERS = (("all", "each"), ("each", "all"))


def problem(dice: Dice, aside: bool = False) -> Problem:
    """Draws a problem with numbers that the corpus may use."""
    numbers = _draw_numbers(dice)
    while True:
        asked, known = strange.thing(dice, aside), strange.thing(dice, aside)
        told = _told(dice, numbers, asked, known, aside)
        if len(told.text) <= _LONGEST and asked.many != known.many:
            return fruit.answered(told, numbers, asked, known)


def texts(seed: int, share: float = 1.0) -> list[str]:
    """Returns the documents of the corpus, or a share of as many."""
    dice = Dice(seed, "everyday shopping")
    return [
        *(problem(dice).at_once for _ in range(int(AT_ONCE * share))),
        *(problem(dice).step_by_step for _ in range(int(STEP_BY_STEP * share))),
    ]


def _draw_numbers(dice: Dice) -> Numbers:
    while True:
        counts = dice.integer(*_COUNTS), dice.integer(*_COUNTS)
        numbers = Numbers(*counts, dice.integer(*_PRICES), dice.integer(*_PRICES))
        spent = numbers.n_known * numbers.p_known
        met = not sums.is_held_out(numbers.total, -spent)
        if met and not fruit.is_held_out(*numbers):
            return numbers


def _told(
    dice: Dice, numbers: Numbers, asked: Thing, known: Thing, aside: bool
) -> Told:
    who = subject(dice, aside, known=True)
    goods = [f"{numbers.n_asked} {asked.many}", f"{numbers.n_known} {known.many}"]
    asked_first = dice.chance(0.5)
    if not asked_first:
        goods.reverse()
    dollars = dice.chance(0.12)  # in words

    def price(n: int) -> str:
        return f"{n} dollars" if dollars else f"${n}"

    gaps = {
        "who": who.first,
        "Who": capital(who.first),
        "who_low": who.first,
        "whom": who.whom_first,
        "first": goods[0],
        "second": goods[1],
        "First": capital(goods[0]),
        "total": price(numbers.total),
        "price": price(numbers.p_known),
        "Price_text": price(numbers.p_known),
        "asked": asked.one,
        "askeds": asked.many,
        "known": known.one,
        "knowns": known.many,
        "Knowns": capital(known.many),
        "person": dice.pick(strange.listed("people")),
    }
    together = not aside and dice.chance(0.2)  # the price is told as it is asked for
    parts = ["all", "both"] if together else [*dice.pick(_ORDERS), "ask"]
    if dice.chance(0.12):
        parts.insert(dice.integer(0, 1), "filler")
    written = list[str]()
    for part in parts:
        pattern = said(dice.pick(frames(FILE, part, aside)), dice)
        if "{where}" in pattern:
            where = said(dice.pick(frames("counting.txt", "where", aside)), dice)
            pattern = pattern.replace("{where}", where)
        while "{word}" in pattern:
            pattern = pattern.replace("{word}", strange.word(dice, aside), 1)
        town = strange.value("town", dice, aside) if "{town}" in pattern else ""
        written.append(pattern.format(**gaps, town=town))
    return Told(" ".join(written), asked_first)
