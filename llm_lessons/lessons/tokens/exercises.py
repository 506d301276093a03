"""Exercises of the lesson on tokens."""

from typing import Any

from llm_lessons.lessons.checking.answers import Wrong, as_number, call
from llm_lessons.lessons.checking.boxes import Box
from llm_lessons.lessons.checking.checker import Exercise
from llm_lessons.lessons.tokens.vocabularies import vocabularies


def _examine_word(word: str) -> str:
    if not word.strip().isalpha():
        raise Wrong("Type one word, of letters alone, such as boat.")
    word, known = word.strip(), vocabularies()
    if len(known) < 2:
        why = " ".join(known.missing.values())
        raise Wrong(f"This exercise needs a second vocabulary. {why}")
    counts = {
        name: len(tokenizer.encode(f" {word}")) for name, tokenizer in known.items()
    }
    message = f"“{word}” takes " + ", ".join(
        f"{n} token{'s' if n > 1 else ''} in {name}'s" for name, n in counts.items()
    )
    if min(counts.values()) > 1:
        raise Wrong(
            f"{message}: in none of them is it a single token. Try a word that people "
            "write more often."
        )
    if max(counts.values()) < 3:
        raise Wrong(
            f"{message}: nowhere does it fall into three or more. Which words does the "
            "small vocabulary not know?"
        )
    return (
        f"{message}. A vocabulary holds what was frequent where it was learned, and "
        "spells the rest in smaller pieces."
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


EXERCISES = (
    Exercise(
        "01.1",
        "01.word",
        aim="Find a word that vocabularies cut in different ways",
        task=(
            "Find a word that is one single token in one of the vocabularies and three "
            "or more in another. (It is read as in the middle of a sentence, with a "
            "space in front.)"
        ),
        answers={"word": Box("Your word", "strawberry")},
        examine=_examine_word,
        hints=[
            "Type words into the box at the top, each behind a space, and compare.",
            "Fjord's vocabulary was learned on Fjordby alone. Which everyday words are "
            "too rare there for a piece of their own?",
            "Try a fruit.",
        ],
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
        code="""\
import llm_lessons as ll

def count_letter(ids, letter, pieces):
    return sum(pieces[i].count(letter) for i in ids)

fjord = ll.vocabularies()["Fjord"]
with_r = sum("r" in piece for piece in fjord.pieces)
""",
    ),
)
