"""The kit's lists: what to print, to cut and to bring for so many people.

All is counted from how the tables are set: for four to six people, and pairs.
"""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from llm_lessons.pages.kit import games, signs
from llm_lessons.pages.kit.words import ASKED, Words
from llm_lessons.pages.places import filled, table

LOWEST, HIGHEST = 4, 200  # people for whom a kit is made
AROUND = 5  # people at a table, or about as many
LED = frozenset({"auction", "relay"})  # games whose answers the leader has on paper
STACK = 3  # leaves that scissors cut at once
SECONDS = 10  # for a cut


def tables(people: int) -> list[int]:
    """How many sit at each table, the larger ones first.

    Four to six; only seven people, who are too few for two tables, sit at one.
    """
    count = max(1, round(people / AROUND))
    return [(people + place) // count for place in reversed(range(count))]


def halves(sizes: list[int]) -> int:
    """How many pairs that makes; where a table is odd, one of them is of three or one.

    Counted for printing, so with a leaf for whoever would be left over.
    """
    return sum(math.ceil(size / 2) for size in sizes)


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
    played: Collection[str]  # of the games
    may_be_played: Collection[str]  # if time is left; the others are kept in reserve
    leaf: str  # the file that everybody takes home; "" if the sheets are that
    sheets: Mapping[int, str]  # the files of those that were made, by lesson
    run_sheet: str  # its file
    laptops: bool = False  # whether people have some, one for two

    def copies(self, key: str, file: str, copies: int, **how: Any) -> Print:
        """A line of the list."""
        if file not in self.files:
            raise ValueError(f"kit.pdf would list {file}, which was not made.")
        return Print(key, file, copies, how.pop("sides", self.files[file]), **how)

    @property
    def tables(self) -> list[int]:
        """How many sit at each."""
        return tables(self.people)

    @property
    def may_be_led(self) -> bool:
        """Whether only what may be left out needs the leader's answers."""
        return bool(LED & {*self.may_be_played}) and not LED & {*self.played}

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
        "story": evening.games["story"] * games.ON_A_SIDE // 2,
        "auction": len(games.LOTS) // games.ON_A_SLIP,
        "relay": math.ceil(games.CARDS / 2)
        + games.SLIPS // games.SLIPS_IN_A_ROW
        + games.SLIPS_IN_A_ROW,
    }
    listed, first = [], 1
    for key, sides in evening.games.items():
        pages = (first, first + sides - 1)
        cut = cuts.get(key, 0)
        listed.append(
            evening.copies(
                key, "cards.pdf", copies[key], sides=sides, pages=pages, cuts=cut
            )
        )
        first += sides
    return listed


def to_print(evening: Evening) -> list[Print]:
    """What the evening needs: first what people get, last what is for the leader."""
    leader, *others = _games(evening)
    return [
        *([] if evening.leaf else _sheets(evening)),
        *(other for other in others if other.key in evening.played),
        evening.copies("signs", "signs.pdf", 1),
        evening.copies("run_sheet", evening.run_sheet, 1, two_sided=True),
        evening.copies("kit", "kit.pdf", 1, two_sided=True),
        *([leader] if LED & {*evening.played} else []),
    ]


def optional(evening: Evening) -> list[Print]:
    """What an evening is nicer with, and does without."""
    people, leaf = evening.people, evening.leaf
    certificates = math.ceil(people / signs.CERTIFICATES)
    leader, *others = _games(evening)
    return [
        *([evening.copies("leaf", leaf, people, two_sided=True)] if leaf else []),
        *(_sheets(evening) if leaf else []),
        *(other for other in others if other.key in evening.may_be_played),
        *([leader] if evening.may_be_led else []),
        evening.copies("arrival", "arrival.pdf", halves(evening.tables)),
        evening.copies("exit", "exit.pdf", math.ceil(people / signs.SLIPS), cuts=2),
        evening.copies("certificate", "certificate.pdf", certificates, cuts=1),
    ]


def in_reserve(evening: Evening) -> list[Print]:
    """What is printed besides for when neither phones nor laptops work."""
    pairs = halves(evening.tables)
    leader, *others = _games(evening)
    used = {*evening.played, *evening.may_be_played}
    return [
        evening.copies("verse", "verse.pdf", pairs, sides=1, pages=(1, 1)),
        evening.copies("solution", "verse.pdf", 1, sides=1, pages=(2, 2)),
        *(other for other in others if other.key not in used),
        *([] if LED & used else [leader]),
    ]


def _sheets(evening: Evening) -> list[Print]:
    return [
        evening.copies("sheet", file, evening.people, two_sided=True, lesson=lesson)
        for lesson, file in evening.sheets.items()
    ]


def to_bring(evening: Evening) -> list[tuple[str, int]]:
    """Things by their keys under "to_bring", each with how many."""
    sets, used = len(evening.tables), {*evening.played, *evening.may_be_played}
    return [
        ("pens", evening.people + sets),
        ("envelopes", sets),
        ("scissors", 1),
        *([("marbles", games.most_marbles())] if "relay" in used else []),
        ("laptop", 1),
        *([("laptops", halves(evening.tables))] if evening.laptops else []),
        ("stick", 1),
    ]


def cutting(prints: Sequence[Print]) -> int:
    """Minutes that all cutting takes one person, rounded up to five."""
    seconds = sum(
        SECONDS * item.cuts * math.ceil(item.copies / STACK) for item in prints
    )
    return 5 * math.ceil(seconds / 300)


def list_page(evening: Evening, words: Words) -> str:
    """The kit's lists, how the tables are set, what people ask: one side of paper."""
    title = words("list.title", people=evening.people, title=evening.title)
    prints = to_print(evening)
    brought = [
        [words(f"to_bring.{key}"), str(count), words(f"to_bring.{key}_for")]
        for key, count in to_bring(evening)
    ]
    minutes = cutting(prints)
    cuts = f"{words('list.cutting', minutes=minutes)} " if minutes else ""
    heads_brought = [words(f"list.{key}") for key in ("what", "how_many", "what_for")]
    return (
        f"<h1>{title}</h1><p>{set_tables(evening.tables, words)}</p>"
        f"<h2>{words('list.print')}</h2>{_printed(prints, words)}"
        f"<p>{cuts}{words('list.prepared')}</p>"
        f"<h2>{words('list.optional')}</h2>{_printed(optional(evening), words)}"
        f"<h2>{words('list.reserve')}</h2><p>{words('list.reserve_text')}</p>"
        f"{_printed(in_reserve(evening), words)}"
        f"<h2>{words('list.bring')}</h2>{table('needs', heads_brought, brought)}"
        f"{filled(words.markdown(ASKED), {})}"
    )


def _printed(prints: Sequence[Print], words: Words) -> str:
    """What is printed as a table, and its leaves of paper added up."""
    rows = [_row(item, words) for item in prints]
    total = sum(item.leaves for item in prints)
    rows.append([f"<b>{words('list.all_leaves')}</b>", "", "", f"<b>{total}</b>", ""])
    keys = ("what", "file", "copies", "leaves", "how")
    return table("needs", [words(f"list.{key}") for key in keys], rows)


def set_tables(sizes: Sequence[int], words: Words) -> str:
    """How the tables are set: so many for five, so many for four."""
    told: Callable[..., str] = words.plain
    groups = [
        told("list.of_size", groups=len([*same]), size=size)
        for size, same in groupby(sizes)
    ]
    joined = f" {told('list.and')} ".join(groups)
    return words("list.tables", groups=len(sizes), sizes=joined)


def _row(item: Print, words: Words) -> list[str]:
    file = item.file
    if item.pages:
        first, last = item.pages
        span = f"{first}" if first == last else f"{first}–{last}"
        file += f", {words('list.pages', pages=span)}"
    how = "cut" if item.cuts else "two_sided" if item.two_sided else "one_sided"
    return [
        words(f"to_print.{item.key}", lesson=item.lesson),
        file,
        str(item.copies),
        str(item.leaves),
        words(f"list.{how}"),
    ]
