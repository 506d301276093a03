"""So many things, and what becomes of them, as somebody would tell it.

Serves C15: steps that go on in the text's own words, whatever these are. A text is
put together from clauses: who acts (the owner, somebody else, the things themselves),
one of some seven hundred verbs, its tense, its object with a cue or without, where and
when; and clauses are joined into sentences. Each step copies what the text says, up to
the change, in the text's own letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from llm_lessons.fjordby import sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import strange
from llm_lessons.fjordby.everyday.verbs import verb
from llm_lessons.fjordby.everyday.wording import capital, frames, said
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import marbles
from llm_lessons.fjordby.varied.subjects import Subject, subject
from llm_lessons.fjordby.varied.things import Thing

FILE = "counting.txt"
PAGES_BY_CHANGES = {1: 4_500, 2: 4_500, 3: 4_000, 4: 2_500, 5: 900, 6: 600}
"""For each number of changes, how many documents there are of each of the forms."""

_LONGEST = 400  # letters of a question and of what its steps repeat
_PAST, _PERFECT, _CUE, _NUMBER_WORDS = 0.75, 0.06, 0.3, 0.07
_GIVES_TO = frozenset(
    "sell donate give away,give back,hand out,hand over,lend,lend out,loan out,pass on,"
    "pass out,ship off,mail off,post,send off,send back,return,gift,offer,deal out,"
    "deliver,serve,surrender,distribute,feed,pay,pay out,trade away,swap away".replace(
        "sell donate", "sell,donate"
    ).split(",")
)
_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]


def draw_numbers(dice: Dice, k: int) -> tuple[int, list[int]]:
    """Draws the first total and k changes; none that tests ask about."""
    while True:
        start = total = dice.integer(3, 30 if dice.chance(0.6) else 60)
        changes = list[int]()
        for _ in range(k):
            most = 20 if dice.chance(0.85) else 40
            change = dice.integer(1, most) * dice.pick((1, -1))
            met = k > 1 and sums.is_held_out(total, change)
            if not 0 <= total + change <= 99 or met:
                break
            changes.append(change)
            total += change
        if len(changes) == k and not marbles.is_held_out(start, changes):
            return start, changes


def problem(dice: Dice, k: int, aside: bool = False) -> Problem:
    """Draws a problem with k changes.

    Args:
        dice: for all that is drawn.
        k: number of changes.
        aside: whether nouns, names, verbs and frames are those that no page uses.
    """
    longest = _LONGEST
    while True:
        start, changes = draw_numbers(dice, k)
        text, passages = _Teller(dice, start, changes, aside).story()
        if len(text) + sum(map(len, passages)) <= longest:
            return Problem(text, *marbles.worked(start, changes, passages))
        longest += 2


def texts(seed: int, share: float = 1.0) -> list[str]:
    """Returns the documents of the corpus, or a share: as many of each form."""
    dice, documents = Dice(seed, "counting"), list[str]()
    for k, pages in PAGES_BY_CHANGES.items():
        for _ in range(int(pages * share)):
            documents.append(problem(dice, k).at_once)
            documents.append(problem(dice, k).step_by_step)
            documents.append(problem(dice, k).after_dots)
    return documents


@dataclass
class _Text:
    """A text in the making, and where in it the clauses of changes lie."""

    text: str = ""
    passages: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Goes on with a sentence or a part of one."""
        self.text += text

    def change(self, text: str) -> None:
        """Goes on with the clause of a change; its words are the passage."""
        self.text += text
        self.passages.append(text.strip(" ,;-."))


@dataclass(frozen=True)
class _Clause:
    """What happens, apart from its subject if that is the owner."""

    who: str  # the owner's name or pronoun; empty where the clause has another subject
    does: str  # the rest


class _Teller:
    def __init__(self, dice: Dice, start: int, changes: Sequence[int], aside: bool):
        self._dice, self._aside, self._changes = dice, aside, changes
        self._who: Subject = subject(dice, aside, known=True)
        self._thing: Thing = strange.thing(dice, aside)
        self._past = dice.chance(_PAST)
        self._in_words = dice.chance(_NUMBER_WORDS)
        self._start = start
        self._named_once = dice.chance(0.5)  # from then on by a pronoun, mostly

    def story(self) -> tuple[str, tuple[str, ...]]:
        """The whole text, and the passage of each change."""
        dice, made = self._dice, _Text()
        made.add(capital(self._filled(self._frame("begin"))))
        left = list(self._changes)
        if dice.chance(0.08):  # the first change is told along with the beginning
            made.text = made.text.rstrip(".!") + dice.pick(
                (", but ", ", and ", ", then ")
            )
            clause = self._clause(left.pop(0))
            made.change(self._whole(clause))
            made.add(".")
        while left:
            if dice.chance(0.1):
                made.add(" " + capital(self._filled(self._frame("filler"))))
            size = min(len(left), dice.weighted((1, 2, 3), (5, 4, 1)))
            self._sentence(made, [left.pop(0) for _ in range(size)])
        if dice.chance(0.06):
            made.add(" " + capital(self._filled(self._frame("filler"))))
        made.add(" " + self._filled(self._frame("ask")))
        return made.text, tuple(made.passages)

    def _sentence(self, made: _Text, changes: Sequence[int]) -> None:
        dice = self._dice
        same_way = len(changes) > 1 and len({change > 0 for change in changes}) == 1
        if same_way and dice.chance(0.25):
            self._list(made, changes)
            return
        opener = ""
        if dice.chance(0.4):
            opener = capital(self._filled(self._frame("opener")))
            opener += dice.pick((" ", ", ")) if " " in opener else " "
        elif len(changes) > 1 and dice.chance(0.12):
            opener = dice.pick(("After ", "When ", "Once ", "As soon as ", "Although "))
        clause = self._clause(changes[0])
        whole = self._whole(clause)
        made.add(" ")
        made.change(opener + whole if opener else capital(whole))
        after = opener.startswith(("After", "When", "Once", "As soon", "Although"))
        for i, change in enumerate(changes[1:]):
            before, clause = clause, self._clause(change)
            if after and i == 0:
                made.add(", ")
                made.change(self._whole(clause))
                continue
            same = before.who and clause.who and dice.chance(0.75)
            joins = self._frame("join same" if same else "join other")
            join = self._filled(dice.pick(joins.split("|")))
            words = clause.does if same else self._whole(clause)
            mark, word = _parted(join)
            if mark.strip() == ".":
                word = capital(word)
            made.add(mark)
            made.change(word + words)
        made.add(dice.weighted((".", "!", "..."), (30, 1, 0.3)))

    def _list(self, made: _Text, changes: Sequence[int]) -> None:
        """One verb for several numbers: "bought 3 on Monday and 4 at noon"."""
        dice, more = self._dice, changes[0] > 0
        who, plural = self._who.now(dice)
        drawn = verb("owner gains" if more else "owner loses", dice, self._aside)
        form = drawn.form(self._past, plural)
        rest = f" {drawn.rest}" if drawn.rest else ""
        given = f"{drawn.stem}{rest}" in _GIVES_TO and dice.chance(0.8)
        made.add(" ")
        for i, change in enumerate(changes):
            n = self._number(abs(change))
            tail = f" to {self._other()}" if given else self._tail(sure=True)
            if i == 0:
                noun = f" {self._thing.called(abs(change))}" if dice.chance(0.4) else ""
                made.change(capital(f"{who} {form}{rest} {n}{noun}{tail}"))
                continue
            last = i == len(changes) - 1
            made.add(" " if last and dice.chance(0.7) else ", ")
            made.change(("and " if last else "") + f"{n}{tail}")
        made.add(".")

    def _clause(self, change: int) -> _Clause:
        dice = self._dice
        way = dice.weighted(("owner", "other", "things"), (50, 27, 23))
        if way == "owner":
            return self._by_owner(change)
        does = self._by_other(change) if way == "other" else self._by_things(change)
        return _Clause("", does)

    def _whole(self, clause: _Clause) -> str:
        return f"{clause.who} {clause.does}" if clause.who else clause.does

    def _by_owner(self, change: int) -> _Clause:
        dice, more = self._dice, change > 0
        who, plural = self._who.now(dice)
        what = self._what(change)
        if dice.chance(0.1):  # what is done to the owner
            done = dice.pick(
                ("given", "handed", "sent", "offered", "lent", "brought", "promised")
                if more
                else ("robbed of", "cheated out of", "relieved of")
            )
            be = self._be(plural, who)
            return _Clause(who, f"{be} {done} {what}{self._tail()}")
        if more and dice.chance(0.06):
            got = verb("owner gains", dice, self._aside)
            form = got.form(self._past, plural)
            return _Clause(
                who, f"{got.with_object(form, what, dice)} from {self._other()}"
            )
        drawn = verb("owner gains" if more else "owner loses", dice, self._aside)
        form = drawn.form(self._past, plural)
        if dice.chance(_PERFECT):
            have = "had" if self._past else "have" if plural else "has"
            form = f"{have} {drawn.done}"
        whole = f"{drawn.stem} {drawn.rest}".strip()
        tail = self._tail()
        if whole in _GIVES_TO and dice.chance(0.6):
            two_objects = drawn.stem in _TWO_OBJECTS and not drawn.rest
            if two_objects and dice.chance(0.3):
                return _Clause(who, f"{form} {self._other()} {what}{tail}")
            tail = f" to {self._other()}"
        adverb = (
            dice.pick(
                ("also ", "quickly ", "happily ", "sadly ", "even ", "carefully ")
            )
            if dice.chance(0.06)
            else ""
        )
        return _Clause(who, adverb + drawn.with_object(form, what, dice) + tail)

    def _by_other(self, change: int) -> str:
        dice, more = self._dice, change > 0
        other, what, him = self._other(), self._what(change), self._who.whom
        if not more:
            drawn = verb("other takes", dice, self._aside)
            form = drawn.form(self._past, False)
            tail = self._tail()
            if dice.chance(0.25) and drawn.stem in (
                "take",
                "borrow",
                "steal",
                "grab",
                "pinch",
                "nick",
                "buy",
                "win",
                "snatch",
                "collect",
                "swipe",
            ):
                tail = f" from {him}"
            return f"{other} {drawn.with_object(form, what, dice)}{tail}"
        if dice.chance(0.6):
            drawn = verb("other gives", dice, self._aside)
            form = drawn.form(self._past, False) + (
                f" {drawn.rest}" if drawn.rest else ""
            )
            to = (
                "for"
                if drawn.stem
                in (
                    "bake",
                    "knit",
                    "make",
                    "buy",
                    "find",
                    "get",
                    "fetch",
                    "save",
                    "draw",
                    "pour",
                    "order",
                    "build",
                    "sew",
                    "pick",
                )
                else "to"
            )
            if dice.chance(0.25):
                return f"{other} {form} {what} {to} {him}{self._tail()}"
            return f"{other} {form} {him} {what}{self._tail()}"
        drawn = verb("other adds", dice, self._aside)
        form = drawn.form(self._past, False)
        return f"{other} {drawn.with_object(form, what, dice)}{self._tail()}"

    def _by_things(self, change: int) -> str:
        dice, more, several = self._dice, change > 0, abs(change) != 1
        what = self._what(change, own=False)
        if dice.chance(0.55):
            drawn = verb("things come" if more else "things go", dice, self._aside)
            rest = f" {drawn.rest}" if drawn.rest else ""
            does = drawn.form(self._past, several) + rest
            if dice.chance(_PERFECT):
                have = "had" if self._past else "have" if several else "has"
                does = f"{have} {drawn.done}{rest}"
            if dice.chance(0.1):
                there = dice.pick(("sadly ", "suddenly ", "also ", "just ", "soon "))
                does = there + does
            return f"{what} {does}{self._tail()}"
        drawn = verb(
            "things done come" if more else "things done away", dice, self._aside
        )
        rest = f" {drawn.rest}" if drawn.rest else ""
        be = self._be(several, "")
        by = f" by {self._other()}" if dice.chance(0.25) else self._tail()
        return f"{what} {be} {drawn.done}{rest}{by}"

    def _be(self, plural: bool, who: str) -> str:
        if who == "I":
            return "was" if self._past else "am"
        return (
            ("were" if plural else "was") if self._past else "are" if plural else "is"
        )

    def _what(self, change: int, own: bool = True) -> str:
        dice, n = self._dice, self._number(abs(change))
        noun = self._thing.called(abs(change))
        if dice.chance(_CUE):
            if change > 0:
                return dice.pick(
                    (
                        f"{n} more",
                        f"another {n}",
                        f"{n} more {noun}",
                        f"{n} new ones",
                        f"{n} extra",
                        f"another {n} {noun}",
                        f"{n} more",
                        f"a further {n}",
                    )
                )
            ours = self._who.whose_again if own else "the"
            return dice.pick(
                (
                    f"{n} of them",
                    f"{n} of the {self._thing.many}",
                    f"{n} of them",
                    f"{n} of {ours} {self._thing.many}",
                    f"{n} of those",
                )
            )
        return f"{n} {noun}" if dice.chance(0.45) else n

    def _number(self, n: int) -> str:
        return _WORDS[n] if self._in_words and n < len(_WORDS) else str(n)

    def _tail(self, sure: bool = False) -> str:
        dice = self._dice
        if not sure and dice.chance(0.62):
            return ""
        title = dice.pick(("when", "where", "why"))
        return " " + self._filled(self._frame(title))

    def _other(self) -> str:
        dice = self._dice
        if dice.chance(0.45):
            return strange.name(dice, self._aside)
        person = dice.pick(strange.listed("people", self._aside))
        whose = dice.pick((self._who.whose_again, self._who.whose_again, "the", ""))
        return f"{whose} {person}" if whose else strange.a(person)

    def _frame(self, title: str) -> str:
        found = frames(FILE, title, self._aside) or frames(FILE, title)
        return said(self._dice.pick(found), self._dice)

    def _filled(self, pattern: str) -> str:
        dice, who, thing = self._dice, self._who, self._thing
        if "{" not in pattern:
            return pattern
        gaps = {
            "n": self._number(self._start),
            "things": thing.called(self._start) if "{n}" in pattern else thing.many,
            "who": who.first,
            "Who": capital(who.first),
            "whom": who.whom_first,
            "Whose": capital(who.whose),
            "person": dice.pick(strange.listed("people")),
        }
        if "{he}" in pattern or "{He}" in pattern:
            he = who.again if dice.chance(0.5) else who.pronoun
            gaps |= {"he": he, "He": capital(he)}
        if "{place}" in pattern:
            gaps["place"] = dice.pick(thing.places)
        if "{word}" in pattern:
            gaps["word"] = strange.word(dice, self._aside)
        if "{town}" in pattern:
            gaps["town"] = strange.value("town", dice, self._aside)
        if "{when" in pattern:
            when = self._filled(self._frame("when"))
            gaps |= {"when": when, "when_c": when}
        text = pattern.format_map(gaps)
        return _agreed(text, who)


def _agreed(text: str, who: Subject) -> str:
    """Mends the verbs behind "I", "you", "we" and "they"."""
    for name, plural in ((who.first, who.plural), (who.pronoun, who.they)):
        if not plural:
            continue
        for spelled in (name, capital(name)):
            for one, many in _MENDED:
                text = text.replace(f"{spelled} {one} ", f"{spelled} {many} ")
                text = text.replace(
                    f" {one} {spelled} ", f" {_DOES.get(one, one)} {spelled} "
                )
    return text


_ACTS = (
    "own",
    "start",
    "begin",
    "keep",
    "carrie",
    "bring",
    "love",
    "like",
    "collect",
    "dream",
    "talk",
    "paint",
    "know",
)
_MENDED = (
    *((f"{word}s", word) for word in _ACTS),
    ("has", "have"),
    ("does", "do"),
    ("carries", "carry"),
)
_TWO_OBJECTS = ("sell", "lend", "send", "pay")
_DOES = {"has": "have", "does": "do"}


def _parted(join: str) -> tuple[str, str]:
    """Parts a join into its marks, and the words that belong to what follows."""
    bare = join.lstrip(" ,;-.")
    return join[: len(join) - len(bare)], bare
