"""Sentences of problems in thrown words: what happens, and much beside it.

Serves C15. Who meets every change in one of some hundred practised sentences learns
those sentences by heart, and does not find the change in another one. So on pages many
of them are thrown together from common words, and nearly none comes twice: all that
helps is to find who does what, and how many it is.

Problems that lessons and tests ask have only the sentences of the lists.
"""

from collections.abc import Mapping

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import loose

_SHARE = 0.2  # of a page's sentences, as far as they are not the plainest one

# For each block of `marble_frames.txt`, what may stand in the place of its sentences.
MARBLES = {
    "owner": (
        "$P the $n, {he} {act}.",
        "$P the $n, {he} {act} $w the $n.",
        "$T, $p a $n, {he} {act}.",
        "{he} {act} $w the $a $n.",
        "{he} {act} $w the $n, $a as a $n.",
        "{he} {act}, and the $n $u the $n.",
        "{he} {act}, for the $n is $a.",
        "{he} {act}; the $n $u the $a $n.",
        "{he} {act} because a $n $u the $n.",
        "While a $n $u the $n, {he} {act}.",
        "The $n $u the $n, and {he} {act}.",
        "The $n is $a $t, so {he} {act}.",
        "It is $a $w the $n: {he} {act}.",
        "A $n, $d by the $n, $u the $n; {he} {act}.",
        "Look $w the $n. There {he} {act}.",
        "Who $u the $n? {he} {act}, $w the $n.",
    ),
    "things": (
        "$P the $n {q} {do}.",
        "$P the $n, {q} {do} $w the $n.",
        "{q} {do} $w the $a $n.",
        "{q} {do}, for the $n is $a.",
        "{q} {do}, and the $n $u the $n.",
        "The $n $u the $n, and {q} {do}.",
        "While a $n $u the $n, {q} {do}.",
        "It is $a $w the $n: {q} {do}.",
    ),
    "two together": (
        "$P the $n, {he} {a} and {b}.",
        "{he} {a} $w the $n and {b} $w the $n.",
        "{he} {a}, and $w the $n, {he} {b}.",
        "{he} {a}, for the $n is $a, and {b}.",
        "{he} {a} until a $n $u the $n, and then {he} {b}.",
        "The $n $u the $n, {he} {a}, and {he} {b} $w the $n.",
        "$T the $n is $a, so {he} {a} and {b}.",
        "{he} {a} with a $n, and {he} {b} without it.",
    ),
    "three together": (
        "$P the $n, {he} {a}, {b} and {c}.",
        "{he} {a}, {b} and {c}, $a as a $n.",
        "The $n $u the $n: {he} {a}, {he} {b}, and {he} {c}.",
        "{he} {a} $w the $n, {b} $w the $n, and {c}.",
    ),
    "ask": (
        "$P the $n, how many {things} [are are were] left?",
        "$T, how many {things} [do does did] {he} have $w the $n?",
        "How many {things} [are are were] there, says the $n?",
        "How many {things} [do does did] {he} have, $w the $a $n?",
        "The $n asks: how many {things} [do does did] {he} have?",
        "A $n for a $a $n: how many {things} [are are were] there now?",
        "Look $w the $n: how many [are are were] left?",
        "Think of the $n and say how many {things} [are are were] left.",
        "Write to the $n how many {things} {he} [have has had].",
        "Ask the $a $n: how many [are are were] there?",
        "Who $u the $n knows how many {things} [are are were] left. How many?",
        "What [is is was] the number of {things} $w the $n?",
        "The $n $u the $n. How many {things} [are are were] there $w the $n?",
        "Add all of it up $w the $n: how many {things} [are are were] left?",
    ),
    "scene": (
        "The $a $n $u the $n.",
        "$P the $n there is a $n.",
        "A $n $u the $n $w the $n.",
        "The $n is $a, and the $n $u the $n.",
        "$T the $n is $a.",
        "No $n is as $a as the $n.",
    ),
    "about them": (
        "They are $a as a $n.",
        "They lie $w the $n.",
        "Most of them are $a and $a.",
        "None of them $u the $n.",
        "{he} [like likes liked] them $w the $n.",
        "They are $d by the $n $t.",
        "A $n $u them $w the $n.",
    ),
}

# The same for `shop_frames.txt`.
SHOP = {
    "buys": (
        "$P the $n, {who} [buy buys bought] {first} and {second}.",
        "{who} [buy buys bought] {first} $w the $n and {second} $w the $n.",
        "The $n $u the $n, and {who} [get gets got] {first} and {second}.",
        "{who} [take takes took] {first}, $a as a $n, and {second}.",
        "$T {who} [choose chooses chose] {first}, and {second} $w the $n.",
        "{first} $w the $n and {second} $w the $n: {who} [buy buys bought] all of it.",
        "While a $n $u the $n, {who} [order orders ordered] {first} and {second}.",
        "For the $a $n {who} [need needs needed] {first}, and {second} for the $n.",
    ),
    "price": (
        "$P the $n, one {known} costs ${price}.",
        "The $n says that a single {known} costs ${price}.",
        "{a_known}, $a as a $n, costs ${price}.",
        "${price} is what the $n wants for one {known}.",
        "The $a price of one {known} $w the $n is ${price}.",
        "Who $u {a_known} pays ${price} for it.",
        "The {knowns} $w the $n are $a: every one costs ${price}.",
        "$T {a_known} costs ${price} $w the $n.",
    ),
    "total": (
        "$P the $n, the whole costs ${total}.",
        "The bill, $d by the $n, is ${total}.",
        "$T {he} [pay pays paid] ${total} for everything.",
        "{he} [pay pays paid] ${total} $w the $a $n.",
        "The $n $u the $n: ${total} for everything together.",
        "The total is $a, says the $n: ${total}.",
        "While a $n $u the $n, {he} [spend spends spent] ${total} in all.",
        "Everything together comes to ${total} $w the $n.",
    ),
    "ask": (
        "$P the $n, what does one {asked} cost?",
        "The $n asks: what does one {asked} cost?",
        "So what does a single {asked} cost, $a as a $n?",
        "How many dollars is {a_asked} $w the $n?",
        "Think of the $n and say what {a_asked} costs.",
        "Write to the $n how much one of the {askeds} costs.",
        "The $n $u the $n. How much is one {asked}?",
        "A $n for a $a $n: what must one pay for {a_asked}?",
    ),
    "scene": MARBLES["scene"],
}


def frame(shapes: Mapping[str, tuple[str, ...]], block: str, dice: Dice) -> str | None:
    """Draws whether a sentence is a thrown one, and which.

    Args:
        shapes: MARBLES or SHOP.
        block: what the sentence is for.
        dice: to throw.

    Returns:
        It, with the block's gaps; None where it comes from the lists.
    """
    if block not in shapes or not dice.chance(_SHARE):
        return None
    return loose.filled(dice.pick(shapes[block]), dice)
