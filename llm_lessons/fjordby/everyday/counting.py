"""So many things, and what becomes of them, as somebody would tell it.

Serves C15: steps that go on in the text's own words, whatever these are. A text is put
together from clauses (`clauses`), which are joined into sentences, listed with one verb
for several numbers, or jotted down. Each step copies what the text says, up to the
change, in the text's own letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from llm_lessons.fjordby import sums
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import owners, strange
from llm_lessons.fjordby.everyday.clauses import Clauses
from llm_lessons.fjordby.everyday.verbs import participle
from llm_lessons.fjordby.everyday.wording import capital, lines
from llm_lessons.fjordby.problems import Problem
from llm_lessons.fjordby.varied import marbles
from llm_lessons.fjordby.varied.things import Thing

FILE = "counting.txt"
PAGES_BY_CHANGES = {1: 11_000, 2: 14_000, 3: 13_000, 4: 9_000, 5: 2_000, 6: 1_200}
"""For each number of changes, how many documents go step by step."""

AT_ONCE, AFTER_DOTS = 0.2, 0.1  # documents of the other forms, for each of these
_LONGEST = 400  # letters of a question and of what its steps repeat
_OPEN = (" and", " but", " until", " which", " before")
_AFTER = ("After ", "When ", "Once ", "As soon as ", "Although ", "Because ")


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
    """Returns the documents of the corpus, or a share of as many of each form."""
    dice, documents = Dice(seed, "counting"), list[str]()
    for k, pages in PAGES_BY_CHANGES.items():
        for _ in range(int(pages * share)):
            documents.append(problem(dice, k).step_by_step)
            if dice.chance(AT_ONCE):
                documents.append(problem(dice, k).at_once)
            if dice.chance(AFTER_DOTS):
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

    def end(self, mark: str) -> None:
        """Ends a sentence."""
        self.text = self.text.rstrip(" ,.") + mark


class _Teller:
    def __init__(self, dice: Dice, start: int, changes: Sequence[int], aside: bool):
        self._dice, self._aside = dice, aside
        self._start, self._left = start, list(changes)
        to_do = not aside and dice.chance(0.06)
        scene = not to_do and dice.chance(0.2)
        self._scene = owners.scene(dice, aside) if scene else None
        self._who = owners.owner(dice, aside)
        self._thing = self._scene.thing if self._scene else strange.thing(dice, aside)
        self._to_do = ""
        if to_do:
            self._to_do, things = dice.pick([*lines("clauses.txt")["to do"]]).split(
                ": "
            )
            many = dice.pick(things.split(", "))
            self._thing = Thing(owners.singular(many), many)
        who = None if self._scene else self._who
        self._clauses = Clauses(dice, who, self._thing, self._scene, aside)
        self._clauses.to_do = self._to_do
        styles = ("sentences", "list", "short")
        self._style = dice.weighted(styles, (80, 9, 11))
        self._again = False  # whether the owner was named

    def story(self) -> tuple[str, tuple[str, ...]]:
        """The whole text, and the passage of each change."""
        made = _Text()
        if self._style == "short" and not self._to_do:
            self._jotted(made)
        else:
            self._told(made)
        return made.text, tuple(made.passages)

    def _told(self, made: _Text) -> None:
        dice = self._dice
        if self._scene is None and not self._to_do and dice.chance(0.2):
            of = self._left[0] < 0 and dice.chance(0.4)
            made.add(capital(self._said("begin of" if of else "begin with")))
            comma = not made.text.endswith(
                (" and", " but", " until", "which", "before")
            )
            made.add(", " if comma else " ")
            self._sentence(made, self._next(), begun=True)
        else:
            title = "begin to do" if self._to_do else "begin"
            if self._scene is None and not self._to_do and dice.chance(0.08):
                title = "begin open"
            begin = self._scene.begin if self._scene else ""
            made.add(capital(self._filled(begin) if begin else self._said(title)))
            if dice.chance(0.12):  # the first change is told along with the beginning
                made.end(dice.pick((", but ", ", and ", ", then ", " and then ")))
                self._sentence(made, self._next(), begun=True)
        while self._left:
            if dice.chance(0.08):
                made.add(" " + capital(self._said("filler")))
            made.add(" ")
            self._sentence(made, self._next())
        if dice.chance(0.05):
            made.add(" " + capital(self._said("filler")))
        made.add(" " + self._said(self._asking()))

    def _asking(self) -> str:
        if self._to_do:
            return "ask to do" if self._dice.chance(0.8) else "ask short"
        if self._scene:
            return "ask scene"
        short = self._style != "sentences" and self._dice.chance(0.5)
        return "ask short" if short else "ask"

    def _jotted(self, made: _Text) -> None:
        """Notes without subjects: "12 eggs. Gave 3 to Tom, found 5. Left?"."""
        dice = self._dice
        mark = dice.pick((". ", ", ", "; ", ", then ", ". Then ", "\n"))
        upper = mark in (". ", "\n")
        begin = self._said("begin short")
        made.add(capital(begin) if upper or dice.chance(0.5) else begin)
        bare = dice.chance(0.25)
        while self._left:
            change = self._left.pop(0)
            clause = self._clauses.clause(change)
            does = clause.does
            if bare:
                n = self._clauses.number(abs(change))
                signs = ("plus", "and", "+") if change > 0 else ("minus", "less", "-")
                end = self._clauses.tail(sure=True)
                does = f"{dice.pick(signs)} {n}{end}"
            made.add(mark)
            made.change(capital(does) if upper else does)
        made.end(dice.pick((". ", ". ", ", ", " - ", "\n")))
        made.add(self._said("ask short"))

    def _next(self) -> list[int]:
        """The changes of the next sentence: one to four."""
        dice = self._dice
        weights = (2, 5, 5, 3) if self._style == "list" else (6, 5, 1.5, 0.5)
        size = min(len(self._left), dice.weighted((1, 2, 3, 4), weights))
        taken, self._left = self._left[:size], self._left[size:]
        return taken

    def _sentence(
        self, made: _Text, changes: Sequence[int], begun: bool = False
    ) -> None:
        dice = self._dice
        opener = "" if begun else self._opener(len(changes))
        after = opener in _AFTER
        before = clause = self._clauses.clause(changes[0])
        whole = clause.whole
        if clause.who and not begun and not after and dice.chance(0.04):
            head = f"{clause.who}{self._said('aside inside')} {clause.does}"
            whole = head.replace("[", "(").replace("]", ")")
        made.change(opener + whole if opener or begun else capital(whole))
        for i, change in enumerate(changes[1:]):
            same_way = (change > 0) == (changes[i] > 0)
            last = i == len(changes) - 2
            if after and i == 0:
                made.add(", ")
                clause = self._clauses.clause(change)
                made.change(clause.whole)
            elif same_way and dice.chance(0.55):
                made.add(dice.pick((" and ", ", and ", ", then ")) if last else ", ")
                made.change(self._clauses.elided(before, change))
                continue
            else:
                clause = self._clauses.clause(change)
                self._joined(made, before.who, clause.who, clause.does)
            before = clause
        if dice.chance(0.07) and not made.text.endswith(")"):
            made.add(self._said("because"))
        made.end(dice.weighted((".", "!", "..."), (30, 1, 0.3)))

    def _joined(self, made: _Text, before: str, who: str, does: str) -> None:
        dice = self._dice
        same = bool(before and who) and dice.chance(0.8)
        if self._style == "list" and dice.chance(0.7):
            join = dice.pick((", ", ", ", "; ", ", then "))
        else:
            joins = self._said("join same" if same else "join other", whole=False)
            join = self._clauses.filled(dice.pick(joins.split("|")))
        words = does if same or not who else f"{who} {does}"
        mark, word = _parted(join)
        made.add(mark)
        made.change((capital(word) if mark.strip() == "." else word) + words)

    def _opener(self, changes: int) -> str:
        dice = self._dice
        if dice.chance(0.34):
            opener = capital(self._said("opener").strip())
            return opener + (dice.pick((" ", ", ")) if " " in opener else " ")
        return dice.pick(_AFTER) if changes > 1 and dice.chance(0.12) else ""

    def _said(self, title: str, whole: bool = True) -> str:
        if not whole:
            return self._dice.pick(lines(FILE)[title])
        return self._filled(self._clauses.drawn(FILE, title))

    def _filled(self, pattern: str) -> str:
        """Fills the gaps that are about the things and their owner."""
        dice, who, thing = self._dice, self._who, self._thing
        he, plural = who.first, who.plural
        if "{he}" in pattern:
            pronoun = dice.chance(0.5)
            he = who.pronoun if pronoun else who.again
            plural = who.they if pronoun else who.plural
        named = thing.called(self._start) if "{n}" in pattern else thing.many
        gaps = {
            "n": self._clauses.number(self._start),
            "things": named,
            "Things": capital(named),
            "who": who.first,
            "Who": capital(who.first),
            "he": he,
            "whom": who.whom_first,
            "whose": who.whose,
            "Whose": capital(who.whose),
            "place": dice.pick(thing.places),
            "at": dice.pick(self._scene.where) if self._scene else "there",
            "do": self._to_do,
            "done": participle(self._to_do) if self._to_do else "",
        }
        for gap, text in gaps.items():
            pattern = pattern.replace(f"{{{gap}}}", text)
        pattern = pattern.replace("{when_c}", "{when}")
        return self._clauses.filled(pattern, he, plural)


def _parted(join: str) -> tuple[str, str]:
    """Parts a join into its marks, and the words that belong to what follows."""
    bare = join.lstrip(" ,;-.")
    return join[: len(join) - len(bare)], bare
