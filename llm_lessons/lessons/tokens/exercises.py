"""Exercises of the lesson on tokens."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from llm_lessons.exercises.answers import Wrong, as_number, call
from llm_lessons.exercises.checker import Exercise
from llm_lessons.lessons.tokens.passages import ENGLISH, NORWEGIAN
from llm_lessons.lessons.tokens.vocabularies import vocabularies


def _examine_word(word: Any) -> str:
    if not isinstance(word, str) or not word.strip().isalpha():
        raise Wrong('`word` should be one word of letters in quotes, such as "boat".')
    word, known = word.strip(), vocabularies()
    if len(known) < 2:
        why = " ".join(known.missing.values())
        raise Wrong(f"This exercise needs a second vocabulary. {why}")
    counts = {name: len(one.encode(f" {word}")) for name, one in known.items()}
    told = f"“{word}” takes {_listed(counts)}"
    if min(counts.values()) > 1:
        raise Wrong(
            f"{told}: in none of them is it a single token. Try a word that people "
            "write more often."
        )
    if max(counts.values()) < 3:
        raise Wrong(
            f"{told}: nowhere does it fall into three or more. Which words does the "
            "small vocabulary not know?"
        )
    return (
        f"{told}. A vocabulary holds what was frequent where it was learned, and "
        "spells the rest in smaller pieces."
    )


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{n} token{'s' if n > 1 else ''} in {name}'s" for name, n in counts.items()
    )


# (text, letter): with pieces in which a letter stands twice, and with none at all
_COUNTED = (("strawberry", "r"), ("the hill is still small", "l"), ("a red boat", "z"))


def _examine_letters(count_letter: Any, with_r: Any) -> str:
    fjord = vocabularies()["Fjord"]
    for text, letter in _COUNTED:
        ids = fjord.encode(text)
        given = call(count_letter, "count_letter", ids, letter, fjord.pieces)
        given = as_number(given, "count_letter(...)")
        if given == text.count(letter):
            continue
        if given == sum(letter in fjord.pieces[i] for i in ids):
            raise Wrong(
                f"In “{text}” yours counts the tokens with an “{letter}”. One token "
                "can have two of them: count the letters inside each piece."
            )
        raise Wrong(
            f"The {len(ids)} tokens of “{text}” spell {text.count(letter)} times "
            f"“{letter}”; yours says {given:g}. `pieces[i]` is the text of token `i`."
        )
    with_letter = sum("r" in piece for piece in fjord.pieces)
    given = as_number(with_r, "with_r")
    if given == len(fjord.pieces):
        raise Wrong("`with_r`: those are all tokens; count those with an “r” in them.")
    if given != with_letter:
        raise Wrong(
            "`with_r`: go through `fjord.pieces`, and count those for which "
            '`"r" in piece`.'
        )
    return (
        f"You needed the table `pieces`. The model has no such table, only the ids. To "
        f"count r's, it would have to find out from its reading which {with_letter} of "
        f"{len(fjord.pieces):,} tokens hide an “r”, and how many each."
    )


class _Letters:
    """A tokenizer that no lesson has: a token for every letter."""

    def encode(self, text: str) -> list[int]:
        return [ord(letter) for letter in text]


def _examine_price(price: Any, dearer: Any) -> str:
    page, fjord = " ".join(ENGLISH), vocabularies()["Fjord"]
    for tokenizer, per_million in ((fjord, 3.0), (_Letters(), 40.0)):
        given = call(price, "price", page, tokenizer, per_million)
        _compare(as_number(given, "price(...)"), page, tokenizer, per_million)
    ratios = {
        name: len(one.encode(" ".join(NORWEGIAN))) / len(one.encode(page))
        for name, one in vocabularies().items()
    }
    given = as_number(dearer, "dearer")
    right = [name for name, ratio in ratios.items() if np.isclose(given, ratio, 0.01)]
    if right:
        return (
            f"By {right[0]}'s vocabulary the Norwegian page costs {given:.2f} times as "
            "much as the English one, and says the same. Who pays by the token pays "
            "more in a language that the vocabulary knows less well."
        )
    if any(np.isclose(given, 1 / ratio, 0.01) for ratio in ratios.values()):
        raise Wrong("`dearer`: that is English by Norwegian; turn it round.")
    if np.isclose(given, len(" ".join(NORWEGIAN)) / len(page), 0.01):
        raise Wrong("`dearer`: you compared the letters. What is paid is tokens.")
    raise Wrong(
        "`dearer`: divide the price of the Norwegian page by that of the English one, "
        "both with the same vocabulary."
    )


def _compare(given: float, page: str, tokenizer: Any, per_million: float) -> None:
    """Raise what most likely went wrong, if this is not the right price."""
    tokens = len(tokenizer.encode(page))
    right = tokens * per_million / 1e6
    if np.isclose(given, right, rtol=1e-3):
        return
    if np.isclose(given, tokens * per_million):
        raise Wrong("That would be the price for each token: divide by a million.")
    if np.isclose(given, len(page) * per_million / 1e6):
        raise Wrong("Yours counts letters; what is paid is tokens: `tokenizer.encode`.")
    if np.isclose(given, len(page.split()) * per_million / 1e6):
        raise Wrong("Yours counts words; what is paid is tokens: `tokenizer.encode`.")
    raise Wrong(
        f"A page of {tokens:,} tokens at {per_million:g} for a million costs "
        f"{right:.6f}; yours says {given:.6f}."
    )


EXERCISES = (
    Exercise(
        "01.1",
        "01.word",
        aim="Find a word that vocabularies cut in different ways",
        task=(
            "Find a word that is one single token in one of the vocabularies and three "
            "or more in another. Set `word` to it. (It is read as in the middle of a "
            "sentence, with a space in front.)"
        ),
        answers=["word"],
        examine=_examine_word,
        hints=[
            "Type words into the box above, each behind a space, and compare the rows.",
            "Fjord's vocabulary was learned on Fjordby alone. Which everyday words may "
            "Fjordby never use?",
            "Try a fruit.",
        ],
        solution='word = "strawberry"\n',
    ),
    Exercise(
        "01.2",
        "01.letters",
        aim="Count letters in tokens",
        task=(
            "Two parts:\n"
            "- Write `count_letter(ids, letter, pieces)`: how often does a letter "
            "stand in the text that these token ids spell? `pieces[i]` is the text "
            "of token `i`.\n"
            "- Set `with_r` to the number of Fjord's tokens that have an “r” in "
            "them; its pieces are in `fjord.pieces`."
        ),
        answers=["count_letter", "with_r"],
        examine=_examine_letters,
        hints=[
            "From an id to its text: `pieces[i]`. From a text to a count: "
            '`"berry".count("r")`.',
            "Add up the counts of all ids: `sum(... for i in ids)`.",
            '`with_r` is `sum("r" in piece for piece in fjord.pieces)`.',
        ],
        solution="""\
import llm_lessons as ll

def count_letter(ids, letter, pieces):
    return sum(pieces[i].count(letter) for i in ids)

fjord = ll.vocabularies()["Fjord"]
with_r = sum("r" in piece for piece in fjord.pieces)
""",
    ),
    Exercise(
        "01.3",
        "01.price",
        aim="Work out what a text costs in two languages",
        task=(
            "Companies that run large models ask for a price per million tokens.\n"
            "- Write `price(text, tokenizer, per_million)`, which gives what one "
            "text costs.\n"
            "- Set `dearer`: by any one vocabulary, how many times as much does "
            "`norwegian` cost as `english`?"
        ),
        answers=["price", "dearer"],
        examine=_examine_price,
        hints=[
            "The number of tokens is `len(tokenizer.encode(text))`.",
            "At 3 for a million tokens, one token costs 3 / 1,000,000.",
            "`dearer` is one price divided by the other; `per_million` cancels out.",
        ],
        solution="""\
import llm_lessons as ll
from llm_lessons.lessons.tokens import passages

def price(text, tokenizer, per_million):
    return len(tokenizer.encode(text)) * per_million / 1_000_000

english = " ".join(passages.ENGLISH)
norwegian = " ".join(passages.NORWEGIAN)
known = ll.vocabularies()
best = known.get("GPT-4", known["Fjord"])
dearer = price(norwegian, best, 1) / price(english, best, 1)
""",
    ),
)
