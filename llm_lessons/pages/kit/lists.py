"""The kit's lists on paper: what to print, what is optional, and what to bring."""

from collections.abc import Callable, Sequence
from itertools import groupby

from llm_lessons.pages.kit.needs import (
    Evening,
    Print,
    cutting,
    in_reserve,
    optional,
    to_bring,
    to_print,
)
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.places import table


def list_page(evening: Evening, most_marbles: int, words: Words) -> str:
    """The kit's lists and how the tables are set: one side of paper."""
    title = words("list.title", people=evening.people, title=evening.title)
    prints = to_print(evening)
    brought = [
        [words(f"to_bring.{key}"), str(count), words(f"to_bring.{key}_for")]
        for key, count in to_bring(evening, most_marbles)
    ]
    heads_brought = [words(f"list.{key}") for key in ("what", "how_many", "what_for")]
    return (
        f"<h1>{title}</h1><p>{set_tables(evening.tables, words)}</p>"
        f"<h2>{words('list.print')}</h2>{_printed(prints, words)}"
        f"<p>{words('list.cutting', minutes=cutting(prints))} "
        f"{words('list.prepared')}</p>"
        f"<h2>{words('list.optional')}</h2>{_printed(optional(evening), words)}"
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
