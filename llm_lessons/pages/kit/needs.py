"""What to print, to cut and to bring for so many people, counted from the tables."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from llm_lessons.pages.kit import auction, relay, signs, stories
from llm_lessons.pages.kit.groups import halves, tables

LED = frozenset({"auction", "relay"})  # games whose answers the leader has on paper
STACK = 3  # leaves that scissors cut at once
SECONDS = 10  # for a cut


@dataclass(frozen=True)
class Print:
    """A line of the printer's list."""

    key: str  # of its name in kit.toml, under "to_print"
    file: str
    copies: int  # of the file, or of its pages
    sides: int = 1  # that a copy has
    pages: tuple[int, int] | None = None  # first and last, where not all are printed
    two_sided: bool = False  # whether a leaf bears two sides
    cuts: int = 0  # to cut up all leaves of one copy
    lesson: int | None = None  # whose sheet it is, if it is one

    @property
    def leaves(self) -> int:
        """Leaves of paper, all copies together."""
        return self.copies * math.ceil(self.sides / (2 if self.two_sided else 1))


@dataclass(frozen=True)
class Evening:
    """What the counts depend on."""

    people: int
    title: str  # in the language of the list
    files: Mapping[str, int]  # that were made, each with how many sides it has
    games: Mapping[str, int]  # how many sides of cards.pdf each has, in their order
    played: Collection[str]  # of the games; the others are kept in reserve
    leaf: str  # the file that everybody takes home; "" if the sheets are that
    sheets: Mapping[int, str]  # the files of those that were made, by lesson
    run_sheet: str  # its file
    asks_ten: bool = True
    laptops: bool = False  # whether people have some, one for two

    def copies(self, key: str, file: str, copies: int, **how: Any) -> Print:
        """A line of the list.

        Raises:
            ValueError: nobody made that file; names it.
        """
        if file not in self.files:
            raise ValueError(f"kit.pdf would list {file}, which was not made.")
        return Print(key, file, copies, how.pop("sides", self.files[file]), **how)

    @property
    def tables(self) -> list[int]:
        """How many sit at each."""
        return tables(self.people)

    @property
    def bidders(self) -> int:
        """Who bids in the auction: tables, or the pairs of an only one."""
        sizes = self.tables
        return len(sizes) if len(sizes) > 1 else halves(sizes)


def _games(evening: Evening) -> list[Print]:
    """The parts of cards.pdf, in their order; the leader's comes first."""
    sets = len(evening.tables)
    copies = {
        "leader": 1,
        "story": sets,
        "tree": halves(evening.tables),
        "auction": evening.bidders,
        "relay": sets,
    }
    # a leaf with n rows of two cards takes n - 1 cuts and one down the middle
    cuts = {
        "story": evening.games["story"] * stories.ON_A_SIDE // 2,
        "auction": len(auction.LOTS) // auction.ON_A_SLIP,
        "relay": math.ceil(relay.CARDS / 2)
        + relay.SLIPS // relay.SLIPS_IN_A_ROW
        + relay.SLIPS_IN_A_ROW,
    }
    games, first = [], 1
    for key, sides in evening.games.items():
        pages = (first, first + sides - 1)
        cut = cuts.get(key, 0)
        games.append(
            evening.copies(
                key, "cards.pdf", copies[key], sides=sides, pages=pages, cuts=cut
            )
        )
        first += sides
    return games


def to_print(evening: Evening) -> list[Print]:
    """What the evening needs: first what people get, last what is for the leader."""
    people = evening.people
    leader, *games = _games(evening)
    asks = evening.asks_ten
    leaf = evening.leaf
    return [
        *([evening.copies("leaf", leaf, people, two_sided=True)] if leaf else []),
        *([] if leaf else _sheets(evening)),
        *([_ten(evening, "ten", len(evening.tables))] if asks else []),
        *(one for one in games if one.key in evening.played),
        evening.copies("exit", "exit.pdf", math.ceil(people / signs.SLIPS), cuts=2),
        evening.copies("signs", "signs.pdf", 1),
        evening.copies("run_sheet", evening.run_sheet, 2, two_sided=True),
        evening.copies("kit", "kit.pdf", 1, two_sided=True),
        *([evening.copies("ten_answers", "ten_answers.pdf", 1)] if asks else []),
        *([leader] if LED & {*evening.played} else []),
    ]


def optional(evening: Evening) -> list[Print]:
    """What an evening is nicer with, and does without."""
    people = evening.people
    certificates = math.ceil(people / signs.CERTIFICATES)
    return [
        evening.copies("arrival", "arrival.pdf", halves(evening.tables)),
        evening.copies("certificate", "certificate.pdf", certificates, cuts=1),
        *(_sheets(evening) if evening.leaf else []),
    ]


def in_reserve(evening: Evening) -> list[Print]:
    """What is printed besides for when neither phones nor laptops work."""
    others = evening.people - len(evening.tables)
    pairs = halves(evening.tables)
    leader, *games = _games(evening)
    return [
        *([_ten(evening, "ten_others", others)] if evening.asks_ten else []),
        evening.copies("verse", "verse.pdf", pairs, sides=1, pages=(1, 1)),
        evening.copies("solution", "verse.pdf", 1, sides=1, pages=(2, 2)),
        *(one for one in games if one.key not in evening.played),
        *([] if LED & {*evening.played} else [leader]),
    ]


def _sheets(evening: Evening) -> list[Print]:
    return [
        evening.copies("sheet", file, evening.people, two_sided=True, lesson=lesson)
        for lesson, file in evening.sheets.items()
    ]


def _ten(evening: Evening, key: str, copies: int) -> Print:
    return evening.copies(key, "ten_questions.pdf", copies, two_sided=True)


def to_bring(evening: Evening, most_marbles: int) -> list[tuple[str, int]]:
    """Things by their keys under "to_bring", each with how many."""
    sets = len(evening.tables)
    return [
        ("pens", evening.people + sets),
        ("envelopes", sets),
        ("scissors", 1),
        *([("marbles", most_marbles)] if "relay" in evening.played else []),
        ("laptop", 1),
        *([("laptops", halves(evening.tables))] if evening.laptops else []),
        ("stick", 1),
    ]


def cutting(prints: Sequence[Print]) -> int:
    """Minutes that all cutting takes one person, rounded up to five."""
    seconds = sum(SECONDS * one.cuts * math.ceil(one.copies / STACK) for one in prints)
    return 5 * math.ceil(seconds / 300)
