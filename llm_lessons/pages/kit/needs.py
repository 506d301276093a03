"""What to print, to cut and to bring for so many people, counted from the tables."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from llm_lessons.pages.kit import auction, relay, signs, stories
from llm_lessons.pages.kit.groups import halves, tables
from llm_lessons.pages.kit.page import table
from llm_lessons.pages.kit.words import Words

STACK = 3  # leaves that scissors cut at once
SECONDS = 10  # for a cut


@dataclass(frozen=True)
class Print:
    """A line of the printer's list.

    Attributes:
        key: of its name in kit.toml, under "to_print".
        file: that is printed.
        copies: of it, or of its pages.
        sides: that a copy has.
        pages: the first and the last, where not all of the file is printed.
        two_sided: whether a leaf bears two sides.
        cuts: to cut up all leaves of one copy; 0 where nothing is cut.
        lesson: whose sheet it is, if it is one.
    """

    key: str
    file: str
    copies: int
    sides: int = 1
    pages: tuple[int, int] | None = None
    two_sided: bool = False
    cuts: int = 0
    lesson: int | None = None

    @property
    def leaves(self) -> int:
        """Leaves of paper, all copies together."""
        return self.copies * math.ceil(self.sides / (2 if self.two_sided else 1))


@dataclass(frozen=True)
class Evening:
    """What the counts depend on.

    Attributes:
        people: who come.
        title: of the evening, in the language of the list.
        sides: of paper that each game has, in the order of cards.pdf.
        played: the games that the evening plays; the others are kept in reserve.
        sheets: the lessons of the evening whose sheets are printed, and their files.
        run_sheet: its file, and how many sides it has.
        asks_ten: whether the ten questions are asked.
        laptops: whether people have some, one for two.
    """

    people: int
    title: str
    sides: Mapping[str, int]
    played: Collection[str]
    sheets: Mapping[int, str]
    run_sheet: tuple[str, int]
    asks_ten: bool = True
    laptops: bool = False

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
        "story": evening.sides["story"] * stories.ON_A_SIDE // 2,
        "auction": len(auction.LOTS) // auction.ON_A_SLIP,
        "relay": math.ceil(relay.CARDS / 2)
        + relay.SLIPS // relay.SLIPS_IN_A_ROW
        + relay.SLIPS_IN_A_ROW,
    }
    games, first = [], 1
    for key, sides in evening.sides.items():
        pages = (first, first + sides - 1)
        games.append(
            Print(key, "cards.pdf", copies[key], sides, pages, cuts=cuts.get(key, 0))
        )
        first += sides
    return games


def to_print(evening: Evening) -> list[Print]:
    """The printer's list: first what people get, last what is for the leader."""
    people, pairs = evening.people, halves(evening.tables)
    leader, *games = _games(evening)
    run_file, run_sides = evening.run_sheet
    ten = [_ten("ten", len(evening.tables))] if evening.asks_ten else []
    key = [Print("ten_answers", "ten_answers.pdf", 1)] if evening.asks_ten else []
    return [
        *(
            Print("sheet", file, people, 2, two_sided=True, lesson=lesson)
            for lesson, file in evening.sheets.items()
        ),
        Print("arrival", "arrival.pdf", pairs),
        *ten,
        *(one for one in games if one.key in evening.played),
        Print("exit", "exit.pdf", math.ceil(people / signs.SLIPS), cuts=2),
        Print(
            "certificate",
            "certificate.pdf",
            math.ceil(people / signs.CERTIFICATES),
            cuts=1,
        ),
        Print("signs", "signs.pdf", 1, 2 + len(signs.POSTERS)),
        Print("run_sheet", run_file, 2, run_sides, two_sided=True),
        *key,
        leader,
    ]


def in_reserve(evening: Evening) -> list[Print]:
    """What is printed besides for when neither phones nor laptops work."""
    others = evening.people - len(evening.tables)
    _, *games = _games(evening)
    return [
        *([_ten("ten_others", others)] if evening.asks_ten else []),
        Print("verse", "verse.pdf", halves(evening.tables), pages=(1, 1)),
        Print("solution", "verse.pdf", 1, pages=(2, 2)),
        *(one for one in games if one.key not in evening.played),
    ]


def _ten(key: str, copies: int) -> Print:
    return Print(key, "ten_questions.pdf", copies, 2, two_sided=True)


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


def list_page(evening: Evening, most_marbles: int, words: Words) -> str:
    """The kit's list: one side of paper."""
    return (
        f"<h1>{words('list.title', people=evening.people, title=evening.title)}</h1>"
        f"{lists(evening, most_marbles, words)}"
    )


def lists(evening: Evening, most_marbles: int, words: Words) -> str:
    """All lists and how the tables are set, as HTML for a page or for the guide."""
    prints = to_print(evening)
    brought = [
        [words(f"to_bring.{key}"), str(count), words(f"to_bring.{key}_for")]
        for key, count in to_bring(evening, most_marbles)
    ]
    heads_brought = [words(f"list.{key}") for key in ("what", "how_many", "what_for")]
    return (
        f"<p>{set_tables(evening.tables, words)}</p>"
        f"<h2>{words('list.print')}</h2>{_printed(prints, words)}"
        f"<p>{words('list.cutting', minutes=cutting(prints))} "
        f"{words('list.prepared')}</p>"
        f"<h2>{words('list.reserve')}</h2><p>{words('list.reserve_text')}</p>"
        f"{_printed(in_reserve(evening), words)}"
        f"<h2>{words('list.bring')}</h2>{table('needs', heads_brought, brought)}"
    )


def _printed(prints: Sequence[Print], words: Words) -> str:
    """What is printed as a table, and its leaves of paper added up."""
    rows = [_row(one, words) for one in prints]
    total = sum(one.leaves for one in prints)
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


def _row(one: Print, words: Words) -> list[str]:
    file = one.file
    if one.pages:
        first, last = one.pages
        span = f"{first}" if first == last else f"{first}–{last}"
        file += f", {words('list.pages', pages=span)}"
    how = "cut" if one.cuts else "two_sided" if one.two_sided else "one_sided"
    return [
        words(f"to_print.{one.key}", lesson=one.lesson),
        file,
        str(one.copies),
        str(one.leaves),
        words(f"list.{how}"),
    ]
