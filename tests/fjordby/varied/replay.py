"""Reads a marble problem as a person would: each number, and which way it goes.

It knows the lists of verbs, the signs "more", "another" and "of", and that who gives
has less afterwards. It knows none of the frames.
"""

import re
from functools import cache
from itertools import pairwise

from llm_lessons.fjordby.varied import things
from llm_lessons.fjordby.varied.lists import blocks

GIVES = "gives?|gave|brings?|brought|sends?|sent|lends?|lent|hands?|handed|pass(?:es)?|"
GIVES += "passed|sells?|sold|leaves?|left|offers?|offered|drops?|dropped"
GETS = "gets?|got|takes?|took|borrows?|borrowed|have|has|had|steals?|stole"
GIVEN = re.compile(rf"\b(?:({GIVES})|{GETS})\b")
FRIEND = re.compile(r"\b(friend|neighbour|cousin|aunt|uncle|brother|sister|stranger)$")

OF = " of (?:them|these|the|his|her|their|my|your|our)\\b"
OWNERS = ("I", "You", "We", "He", "She", "They")


@cache
def verbs() -> list[tuple[str, re.Pattern[str], int]]:
    """All forms of the listed verbs, the longest first, and 1 for more, -1 for less."""
    found: dict[str, int] = {}
    for title, lines in blocks("verbs.txt").items():
        for form in ", ".join(lines).replace(", -", "").split(", "):
            for one in (form, f"am {form[4:]}", f"were {form[4:]}"):
                if one == form or form.startswith(("are ", "was ")):
                    found[one] = 1 if title.startswith("more") else -1
    forms = sorted(found, key=len, reverse=True)
    return [(form, pattern(form), found[form]) for form in forms]


def pattern(form: str) -> re.Pattern[str]:
    """A verb beside the number N: "picks up N", "picks N up", "N are picked up"."""
    head, _, last = form.rpartition(" ")
    split = rf"|\b{head} N {last}\b" if head else ""
    if form.split()[0] in ("am", "is", "are", "was", "were"):
        return re.compile(rf"\b{form} N")
    return re.compile(rf"\b{form} N|N (?:(?:is|are|was|were) )?{form}\b{split}")


@cache
def listed() -> tuple[re.Pattern[str], dict[str, str]]:
    """All listed things behind a number, or another word, and the one for the many."""
    found = {
        one.many: one.one for one in (*things.listed(), *things.listed(aside=True))
    }
    longest = "|".join(sorted(found, key=len, reverse=True))
    return re.compile(rf"(?:\d+|Of|As for|loved?s?) ({longest})\b"), found


def nouns(question: str) -> tuple[str, str]:
    """What a problem counts, one and more: a listed thing, or an invented one."""
    pattern, known = listed()
    if found := pattern.search(question):
        return known[found[1]], found[1]
    found = re.search(r"(?:\d+|Of|As for|loved?s?) (?!of\b)([^\W\d]+s)\b", question)
    assert found, question
    return re.sub("(?<=x|h)e?s$|s$", "", found[1]), found[1]


def replayed(question: str) -> list[int]:
    """Returns the first number and each change with its sign."""
    counted = nouns(question)
    found: list[int] = []
    begin = owner_of(question)
    for told in sentences(question):
        for number, sign, plain in clauses(told, counted):
            if not found:
                found.append(number)
                continue
            way = direction(plain, begin)
            assert way or sign, (question, plain)
            assert way is None or sign in (None, way), (question, plain)
            found.append(number * (way or sign or 0))
    return found


def owner_of(question: str) -> str:
    """What is said of the owner before any change."""
    known = re.split(r"(?<=[.?]) (?=[^.?]*\d[^.?]*[.?] )", question + " ")
    return next(part for part in known if re.search(r"\d", part))


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return re.split(r"(?<=[.?]) ", text)


def clauses(told: str, nouns: tuple[str, str]) -> list[tuple[int, int | None, str]]:
    """Cuts a sentence at its numbers: each one, its sign, and its words around an N."""
    numbers = list(re.finditer(r"\d+", told))
    if not numbers:
        return []
    ends = [0]
    for one, other in pairwise(numbers):
        between = told[one.end() : other.start()]
        cut = re.search(r"[,;]| - | before | and ", between)
        assert cut, told
        ends.append(one.end() + cut.end())
    found = []
    for number, (start, end) in zip(numbers, pairwise([*ends, len(told)]), strict=True):
        noun = f"(?: (?:{nouns[1]}|{nouns[0]})\\b)?"
        text = told[start : number.start()] + "N" + told[number.end() : end]
        text = text.rstrip(",;.? ")
        place = rf"N{noun} (into|onto|out of|off|from) the [\w ]+"
        to, there = re.search(place, text), ("into", "onto")
        more = re.search(r"(?:[Aa]nother|[Aa] further) N|N (?:more|extra|new)\b", text)
        less = re.search(rf"N{OF}{noun}", text)
        plain = re.sub(place, "N", text)
        plain = re.sub(
            rf"(?:[Aa]nother |[Aa] further )?N(?: more| extra| new)?(?: ones?)?"
            rf"(?:{OF})?{noun}",
            "N",
            plain,
        )
        more, less = (
            more or (to and to[1] in there),
            less or (to and to[1] not in there),
        )
        sign = 1 if more else -1 if less else None
        found.append((int(number[0]), sign, plain))
    return found


def direction(plain: str, begin: str) -> int | None:
    """Which way a clause goes, by a listed verb or by who gives, or None.

    Args:
        plain: the clause.
        begin: what was said of the owner before any change.
    """
    if re.search(r"N (?:comes?|came) from", plain):
        return 1
    if re.search(r"N (?:go|goes|went) to", plain):
        return -1
    to_whom = re.search(rf"N (?:from|to) [\w ]+$|\b(?:{GIVES}) (?:\w+ )+N", plain)
    given = GIVEN.search(plain)
    for form, verb, way in verbs():
        if verb.search(plain) and (" " in form or not (to_whom and given)):
            return way
    if not given:
        return None
    who = plain[: given.start()].rstrip()
    word = who.rpartition(" ")[2]
    is_friend = FRIEND.search(who) or re.search(r"(?i)\b(a guest|somebody)$", who)
    is_new = word.istitle() and word not in OWNERS and word not in begin
    return 1 if bool(is_friend or is_new) == bool(given[1]) else -1
