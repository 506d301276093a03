"""Activity 0: a model trained by hand, a tally of the words of a verse."""

import html
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

from llm_lessons.language_model import LanguageModel
from llm_lessons.model.parameters import count_parameters
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.places import table

SIDES = 10  # of the die
MOST = 14  # words that a table has room for
WALK = 12  # words that are written
SEED = 3  # of the walk that is printed
LINES = 3  # to write on
NO_ROLL = "–"

type Tally = Mapping[str, Mapping[str, int]]


def words_of(verse: str) -> list[str]:
    """The words in small letters, without signs."""
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", verse.lower())


def tally(words: Sequence[str]) -> Tally:
    """How often each word comes behind each other; behind the last the first.

    Words stand in the order in which they are first met.

    Raises:
        ValueError: there are more different words than a table has room for.
    """
    order = dict.fromkeys(words)
    if len(order) > MOST:
        raise ValueError(
            f"A verse has at most {MOST} different words, so that its table fits on "
            f"paper; this one has {len(order)}."
        )
    pairs = Counter(zip(words, [*words[1:], *words[:1]], strict=True))
    return {
        word: {next_: pairs[word, next_] for next_ in order if pairs[word, next_]}
        for word in order
    }


def rolled(row: Mapping[str, int], roll: int) -> str:
    """The word that a roll from 1 on leads to, counted round and round the marks."""
    marks = [word for word, count in row.items() for _ in range(count)]
    return marks[(roll - 1) % len(marks)]


def walk(counts: Tally, start: str, length: int, seed: int) -> list[tuple[str, int]]:
    """Words, each with the roll that led to it; 0 where nothing was rolled for."""
    dice, word, made = Random(seed), start, []
    for _ in range(length):
        roll = dice.randint(1, SIDES) if len(counts[word]) > 1 else 0
        word = rolled(counts[word], roll)
        made.append((word, roll))
    return made


def verse_sides(lm: LanguageModel, words: Words) -> list[str]:
    """The side to hand out, and the filled table for the person who leads."""
    verse = words.verse()
    read = words_of(verse)
    counts = tally(read)
    shown = "<br>".join(html.escape(line) for line in verse.splitlines())
    lines = "".join('<div class="line"></div>' for _ in range(LINES))
    blank = {word: dict.fromkeys(counts, "") for word in counts}
    hand_out = (
        f"<h1>{words('verse.title')}</h1><p>{words('verse.you_need')}</p>"
        f'<blockquote class="verse">{shown}</blockquote>'
        f"<p><b>1 {words('verse.train')}.</b> "
        f"{words('verse.train_steps', pairs=len(read))}</p>"
        + _table(blank, words)
        + f"<p><b>2 {words('verse.write')}.</b> {words('verse.write_steps')}</p>"
        f"<p>{_example(counts, words)}</p>"
        f"<p><b>{words('verse.yours')}</b></p>{lines}"
        f'<p class="talk">{words("verse.talk")}</p>'
        f'<div class="keep">{same(lm, words)}</div>'
    )
    filled = {
        word: {next_: str(row.get(next_, "")) for next_ in counts}
        for word, row in counts.items()
    }
    first = read[0]
    made = walk(counts, first, WALK, SEED)
    rolls = [str(roll) if roll else NO_ROLL for _, roll in made]
    text = " ".join([first, *(word for word, _ in made)])
    solution = (
        f"<h1>{words('verse.solution')}</h1>"
        f"<p>{words('verse.solution_text', pairs=len(read))}</p>"
        f'<blockquote class="verse">{shown}</blockquote>'
        + _table(filled, words)
        + f"<h2>{words('verse.walk')}</h2><p>{words('verse.rolls')}: {' '.join(rolls)}"
        f"</p><blockquote>{html.escape(text)}</blockquote><p>{words('verse.fair')}</p>"
        f'<div class="keep">{same(lm, words)}</div>'
    )
    return [hand_out, solution]


def same(lm: LanguageModel, words: Words) -> str:
    """How the table compares with the class model, as HTML."""
    knobs, counts = count_parameters(lm.config), tally(words_of(words.verse()))
    return (
        f"<h2>{words('verse.same', knobs=words.number(knobs))}</h2><p>"
        + words(
            "verse.same_text",
            cells=len(counts) ** 2,
            knobs=words.number(knobs),
            window=lm.config.max_seq_len,
        )
        + "</p>"
    )


def _example(counts: Tally, words: Words) -> str:
    """What a roll does in the first row that has a few words to choose among."""
    few = (
        word
        for word, row in counts.items()
        if 1 < len(row) < 4 and sum(row.values()) < SIDES
    )
    word = next(few, next(iter(counts)))
    said = [
        words.plain("verse.once" if n == 1 else "verse.times", word=follower, n=n)
        for follower, n in counts[word].items()
    ]
    roll = min(SIDES, sum(counts[word].values()) + 1)  # once round
    return words(
        "verse.example",
        word=word,
        counts=", ".join(said),
        roll=roll,
        next=rolled(counts[word], roll),
    )


def _table(rows: Mapping[str, Mapping[str, str]], words: Words) -> str:
    heads = [f"<small>{words('verse.corner')}</small>", *map(html.escape, rows)]
    return table(
        "tally",
        heads,
        [[html.escape(word), *row.values()] for word, row in rows.items()],
    )
