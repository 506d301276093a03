"""What a sheet's tasks show of a text: its tokens, its odds, what comes next.

Every number is the model's own, found when the sheet is made.
"""

import html
import random
import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import llm_lessons.lessons.build_it.paper as paper
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it.paper import Word
from llm_lessons.model.parameters import count_parameters
from llm_lessons.pages.places import methods_of, shown, table

_HATCHES = 4  # ways in which a ruler's pieces are filled, in print and in grey


def places(lm: LanguageModel) -> dict[str, Callable[..., str]]:
    """The places that this module fills, by their names."""
    return methods_of(Tokens(lm), Odds(lm))


class Tokens:
    """A text in the model's own pieces."""

    def __init__(self, lm: LanguageModel):
        self._lm = lm
        self._pieces = lm.tokenizer.pieces

    def _cut(self, text: str) -> list[str]:
        return [self._pieces[token] for token in self._lm.tokenizer.encode(text)]

    def count(self, text: str) -> str:
        """How many tokens it is."""
        return str(len(self._cut(text)))

    def cut(self, text: str) -> str:
        """The text with a stroke between its tokens."""
        return f'<span class="code">{" | ".join(map(shown, self._cut(text)))}</span>'

    def pieces(self, text: str) -> str:
        """All tokens of two letters or more that stand in the text somewhere."""
        known = {p for p in self._pieces if len(p) > 1 and p in text}
        listed = sorted(known, key=lambda piece: (piece.strip().lower(), piece))
        cells = " ".join(f"<span>{shown(piece)}</span>" for piece in listed)
        return f'<p class="pieces">{cells}</p>'

    def ids(self, text: str) -> str:
        """The ids of its tokens."""
        tokens = self._lm.tokenizer.encode(text)
        return f"<b>{' '.join(map(str, tokens))}</b>"

    def id_table(self, *texts: str) -> str:
        """The tokens of some texts, each once, with their ids."""
        found = {t for text in texts for t in self._lm.tokenizer.encode(text)}
        tokens = sorted(found)
        names = [shown(self._pieces[token]) for token in tokens]
        rows = [["number", *map(str, tokens)], ["piece", *names]]
        return table("code", [], rows)

    def merges(self, words: str, count: str) -> str:
        """The pairs of neighbours that are joined first, each with how often."""
        cut, said = [list(word) for word in words.split()], []
        for _ in range(int(count)):
            pairs = Counter(pair for word in cut for pair in pairwise(word))
            (pair, often), *others = pairs.most_common(2)
            if others and others[0][1] == often:
                raise ValueError(f"two pairs are equally frequent in {words!r}.")
            said.append(f"“{' + '.join(pair)}” ({often} times)")
            cut = [_joined(word, pair) for word in cut]
        return f"{html.escape(', then '.join(said))}."

    def window(self) -> str:
        """How many tokens the model sees at once."""
        return str(self._lm.config.max_seq_len)

    def tokens(self, text: str) -> str:
        """A text's length, in words."""
        return f"{self.count(text)} tokens"

    def rains(self, note: str, question: str, rain: str) -> str:
        """How often a sentence fits between a note and a question."""
        whole, *parts = self.window(), self.count(note), self.count(question)
        left = int(whole) - sum(map(int, parts))
        each = int(self.count(rain))
        return (
            f"{whole} - {' - '.join(parts)} = {left}, and {left} : {each} = "
            f"{left / each:.1f}: it can rain {left // each} times."
        )

    def knobs(self) -> str:
        """How many knobs the model has, in millions."""
        return f"{count_parameters(self._lm.config) / 1e6:.1f} million"


def _joined(word: list[str], pair: tuple[str, str]) -> list[str]:
    joined: list[str] = []
    for piece in word:
        if joined and (joined[-1], piece) == pair:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


class Odds:
    """What may come behind a text."""

    def __init__(self, lm: LanguageModel):
        self._lm = lm

    def _words(self, text: str, count: str) -> list[Word]:
        return paper.next_words(self._lm, text, int(count))

    def bars_to_draw(self, text: str, count: str) -> str:
        """The likeliest words with their chances, and rows to draw bars into."""
        scale = f'<span class="scale">{"<i></i>" * 10}</span>'
        rows = [
            [html.escape(word.text.strip()), _percent(word.chance), scale]
            for word in self._words(text, count)
        ]
        rows.append(["all other words", '<span class="gap"></span>', scale])
        marks = "".join(f"<span>{n}</span>" for n in range(0, 101, 20))
        return table("bars", ["", "%", f'<div class="marks">{marks}</div>'], rows)

    def rest(self, text: str, count: str) -> str:
        """What is left for all words but the likeliest."""
        listed = sum(round(100 * word.chance) for word in self._words(text, count))
        return f"{100 - listed} %"

    def ruler(self, text: str, count: str) -> str:
        """The likeliest words along a ruler from 00 to 99."""
        return _ruler(paper.numbered(self._words(text, count)))

    def flips(self, count: str, seed: str = "0") -> str:
        """Numbers from 00 to 99, for who has no dice."""
        return f"<b>{' '.join(f'{n:02}' for n in _numbers(count, seed))}</b>"

    def tally(self, text: str, count: str, flips: str, seed: str = "0") -> str:
        """How often each word comes with the numbers that `flips` prints."""
        rows = paper.numbered(self._words(text, count))
        fallen = Counter(
            word.strip()
            for number in _numbers(flips, seed)
            for first, last, word in rows
            if first <= number <= last
        )
        names = [word.strip() for _, _, word in rows]
        return html.escape(", ".join(f"{name} {fallen[name]}" for name in names))

    def stories(self, text: str) -> str:
        """Rulers of two flips: one, and for each of its words the next."""
        game = paper.sheets(self._lm, text, choices=(3, 3))
        parts = []
        for sheet in game.sheets:
            rows = [(row.first, row.last, row.word) for row in sheet.rows]
            parts.append(
                f"<p>{html.escape(sheet.text)} …</p>{_ruler(rows, tall=False)}"
            )
        first, *more = parts
        lines = "".join(
            f'<p class="story"><b>{n}</b><span class="gap"></span></p>' for n in (1, 2)
        )
        later = "".join(f"<div>{part}</div>" for part in more)
        return f'<div class="tree">{first}<div class="later">{later}</div>{lines}</div>'

    def sure(self, text: str) -> str:
        """The likeliest word and its chance."""
        (word,) = self._words(text, "1")
        return f"{html.escape(word.text.strip())}, {_percent(word.chance)}"

    def writes(self, text: str, temperature: str, tokens: str, seed: str) -> str:
        """What the model goes on with, up to so many tokens, on one line."""
        said = self._lm.generate(text, int(tokens), float(temperature), seed=int(seed))
        # a part of a letter, which a byte can be, is not printed, nor a part of a word
        line = re.sub(r"\s+", " ", said).replace("\ufffd", "")
        return html.escape(line[: line.rfind(" ")])


def _numbers(count: str, seed: str) -> list[int]:
    dice = random.Random(int(seed))
    return [dice.randrange(100) for _ in range(int(count))]


def _percent(chance: float) -> str:
    return f"{100 * chance:.0f} %"


def _ruler(rows: list[tuple[int, int, str]], tall: bool = True) -> str:
    parts = "".join(
        f'<div class="fill{place % _HATCHES}" style="flex: {last - first + 1} 0 0">'
        f"<b>{html.escape(word.strip())}</b><span>{first:02}–{last:02}</span></div>"
        for place, (first, last, word) in enumerate(rows)
    )
    dots = '<div class="dots"></div>' if tall else ""
    return f'<div class="ruler">{dots}<div class="strip">{parts}</div></div>'
