"""What becomes of the things, a clause a change: "gave 5 of them to her aunt".

A clause is drawn from a pattern of `clauses.txt` or put together from a verb, its
object and a tail. In a pattern, a verb in angle brackets is put into the tense and
number that its subject asks for: "<give> {what} to {recip}".
"""

import re
from typing import NamedTuple

from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.everyday import owners, strange
from llm_lessons.fjordby.everyday.owners import Other, Scene
from llm_lessons.fjordby.everyday.verbs import Block, conjugated, participle, verb
from llm_lessons.fjordby.everyday.wording import frames, said, words
from llm_lessons.fjordby.varied.subjects import Subject
from llm_lessons.fjordby.varied.things import Thing
from llm_lessons.fjordby.words import listed

FILE = "clauses.txt"
_VERB = re.compile(r"<([a-z ]+)(?::(one|many))?>")
_SPACES = re.compile(r" +(?=[,.;!?])|( ) +")
_PERFECT, _CUE, _PATTERN, _NUMBER_WORDS = 0.06, 0.25, 0.5, 0.07
_NUMBERS = listed(
    "zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, "
    "thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen, twenty"
)
_ADVERBS = ("also", "quickly", "happily", "sadly", "even", "just", "then", "soon")


class Clause(NamedTuple):
    """What happens: who acts, if that is the owner, and the rest."""

    who: str  # the owner's name or pronoun; empty where the clause has another subject
    does: str
    block: Block
    number: str = ""

    @property
    def whole(self) -> str:
        """The clause with its subject."""
        return f"{self.who} {self.does}" if self.who else self.does


class Clauses:
    """Draws clauses about one owner's, or one place's, things.

    Args:
        dice: for all that is drawn.
        who: whose they are; None where a place has them.
        thing: what is counted.
        scene: the place, if there is one.
        aside: whether verbs and names are those that no page uses.
    """

    def __init__(
        self,
        dice: Dice,
        who: Subject | None,
        thing: Thing,
        scene: Scene | None = None,
        aside: bool = False,
    ) -> None:
        self._dice, self._who, self._thing, self._scene = dice, who, thing, scene
        self._aside = aside
        self.past = dice.chance(0.75)
        self.to_do = ""  # "wash", where all of them are to be washed
        self._in_words = dice.chance(_NUMBER_WORDS)

    def clause(self, change: int) -> Clause:
        """Draws a clause for a change."""
        drawn = self._clause(change)
        return drawn._replace(number=self.number(abs(change)))

    def _clause(self, change: int) -> Clause:
        dice, more = self._dice, change > 0
        if self.to_do and not more and dice.chance(0.75):
            return self._done(change)
        if self._scene:
            return self._in_scene(change)
        blocks: tuple[Block, ...] = (
            ("owner gains", "other gives", "things come")
            if more
            else ("owner loses", "other takes", "things go")
        )
        block = dice.weighted(blocks, (48, 28, 24))
        if not self._aside and dice.chance(_PATTERN):
            pattern = said(dice.pick(frames(FILE, block)), dice)
            return self._of_pattern(block, pattern, change)
        if block.startswith("owner"):
            return self._by_owner(block, change)
        if block.startswith("things"):
            return Clause("", self._by_things(block, change), block)
        return Clause("", self._by_other(block, change), block)

    def elided(self, clause: Clause, change: int) -> str:
        """Goes on after a clause with as little as a number: "4 to her aunt"."""
        dice, n = self._dice, self.number(abs(change))
        how = dice.fraction()
        if how < 0.25:
            again = dice.pick((f"another {n}", f"{n} more", f"then {n} more"))
            return again + (self.tail() if dice.chance(0.4) else "")
        head, found, _ = clause.does.partition(clause.number)
        if found and 0 < len(head) < 20 and how < 0.35:  # "sold 6, sold 4"
            return f"{head}{n}{self.tail()}"
        if clause.block.startswith("other") and how < 0.7:
            return f"{self._other().name} {n}"
        if " to " in clause.does and clause.block == "owner loses" and how < 0.9:
            return f"{n} to {self._other().name}"
        if " from " in clause.does and clause.block == "owner gains" and how < 0.9:
            return f"{n} from {self._other().name}"
        return n + self.tail(sure=dice.chance(0.85))

    def number(self, n: int) -> str:
        """Returns a number as this text writes them: "5", "five"."""
        return _NUMBERS[n] if self._in_words and n < len(_NUMBERS) else str(n)

    def tail(self, sure: bool = False) -> str:
        """Returns when, where or why, with a space before, or nothing."""
        dice = self._dice
        if not sure and dice.chance(0.62):
            return ""
        if self._scene:
            return f" {self.filled(said(dice.pick(self._scene.at), dice))}"
        title = dice.pick(("when", "where", "why"))
        return f" {self.filled(self.drawn('counting.txt', title)).strip()}"

    def drawn(self, file: str, title: str) -> str:
        """Draws a line of a block; its gaps stay."""
        found = frames(file, title, self._aside) or frames(file, title)
        return said(self._dice.pick(found), self._dice)

    def filled(self, pattern: str, who: str = "", plural: bool = False) -> str:
        """Fills a pattern's gaps, and conjugates its verbs behind their subject."""
        dice = self._dice

        def form(found: re.Match[str]) -> str:
            several = {"one": False, "many": True}.get(found[2], plural)
            first = who == "I" and not found[2]
            return conjugated(found[1], self.past, several, first)

        text = _VERB.sub(form, pattern)
        for gap, drawn in (
            ("{when}", lambda: self.drawn("counting.txt", "when")),
            ("{recip}", lambda: self._other().name),
            ("{word}", lambda: strange.word(dice, self._aside)),
            ("{town}", lambda: strange.value("town", dice, self._aside)),
            ("{person}", lambda: dice.pick(strange.listed("people", self._aside))),
            ("{spot}", lambda: dice.pick(words(FILE, "spot"))),
            ("{institution}", lambda: dice.pick(words(FILE, "institution"))),
            ("{calamity}", lambda: dice.pick(words(FILE, "calamity"))),
        ):
            while gap in text:
                text = text.replace(gap, drawn(), 1)
        if self._who and "{" in text:
            self_ = owners.self_of(self._who)
            him = owners.whom(self._who)
            text = text.replace("{him}", him).replace("{self}", self_)
        return _SPACES.sub(r"\1", text)

    def _of_pattern(self, block: Block, pattern: str, change: int) -> Clause:
        dice, who, plural = self._dice, "", abs(change) != 1
        gaps = {"{what}": self._what(change, own=block.startswith("owner"))}
        if block.startswith("owner") and self._who:
            who, plural = self._who.now(dice)
        elif block.startswith("other"):
            other = self._other()
            gaps["{other}"], plural = other.name, other.plural
        for gap, text in gaps.items():
            pattern = pattern.replace(gap, text)
        does = self.filled(pattern, who, plural)
        if dice.chance(0.2):
            does += self.tail(sure=True)
        return Clause(who, does, block)

    def _in_scene(self, change: int) -> Clause:
        dice, more = self._dice, change > 0
        scene = self._scene
        assert scene is not None
        block: Block = "things come" if more else "things go"
        if not self._aside and dice.chance(0.25):
            pattern = said(dice.pick(frames(FILE, block)), dice)
            if "{him}" not in pattern:
                return self._of_pattern(block, pattern, change)
        does = said(dice.pick(scene.come if more else scene.go), dice)
        does = self.filled(does, plural=abs(change) != 1)
        return Clause("", f"{self._what(change, own=False)} {does}{self.tail()}", block)

    def _done(self, change: int) -> Clause:
        """A part of what was to do is done."""
        what, several = self._what(change), abs(change) != 1
        if self._who is None or self._dice.chance(0.3):
            by = f" by {self._other().name}" if self._dice.chance(0.3) else self.tail()
            be = conjugated("be", self.past, several)
            return Clause("", f"{what} {be} {participle(self.to_do)}{by}", "things go")
        if self._dice.chance(0.3):
            other = self._other()
            does = conjugated(self.to_do, self.past, other.plural)
            return Clause("", f"{other.name} {does} {what}{self.tail()}", "other takes")
        who, plural = self._who.now(self._dice)
        does = conjugated(self.to_do, self.past, plural)
        return Clause(who, f"{does} {what}{self.tail()}", "owner loses")

    def _by_owner(self, block: Block, change: int) -> Clause:
        dice = self._dice
        assert self._who is not None
        who, plural = self._who.now(dice)
        drawn = verb(block, dice, self._aside)
        how = dice.fraction()
        if how < 0.06:
            form = f"{conjugated('have', self.past, plural)} {drawn.done}"
        elif how < 0.1 and self.past:
            to = dice.pick(("had to", "managed to", "decided to", "wanted to and did"))
            form = f"{to} {drawn.stem}" if to.endswith("to") else drawn.past
        else:
            form = drawn.form(self.past, plural)
        adverb = f"{dice.pick(_ADVERBS)} " if dice.chance(0.06) else ""
        what = self._what(change)
        does = adverb + drawn.with_object(form, what, dice) + self.tail()
        return Clause(who, does, block)

    def _by_other(self, block: Block, change: int) -> str:
        dice, other = self._dice, self._other()
        what = self._what(change)
        if block == "other gives" and dice.chance(0.4):
            block = "other adds"
        drawn = verb(block, dice, self._aside)
        form = drawn.form(self.past, other.plural)
        if block != "other gives":
            return f"{other.name} {drawn.with_object(form, what, dice)}{self.tail()}"
        assert self._who is not None
        him = owners.whom(self._who)
        rest = f" {drawn.rest}" if drawn.rest else ""
        return f"{other.name} {form}{rest} {him} {what}{self.tail()}"

    def _by_things(self, block: Block, change: int) -> str:
        dice, several = self._dice, abs(change) != 1
        what = self._what(change, own=False)
        if dice.chance(0.55):
            drawn = verb(block, dice, self._aside)
            does = drawn.form(self.past, several)
            if dice.chance(_PERFECT):
                does = f"{conjugated('have', self.past, several)} {drawn.done}"
        else:
            done: Block = (
                "things done come" if block == "things come" else "things done away"
            )
            drawn = verb(done, dice, self._aside)
            does = f"{conjugated('be', self.past, several)} {drawn.done}"
        rest = f" {drawn.rest}" if drawn.rest else ""
        adverb = f"{dice.pick(_ADVERBS)} " if dice.chance(0.08) else ""
        return f"{what} {adverb}{does}{rest}{self.tail()}"

    def _what(self, change: int, own: bool = True) -> str:
        dice, n = self._dice, self.number(abs(change))
        noun = self._thing.called(abs(change))
        if not dice.chance(_CUE):
            return f"{n} {noun}" if dice.chance(0.45) else n
        if change > 0 or dice.chance(0.12):
            more = (f"{n} more", f"another {n}", f"{n} more {noun}", f"another {n}")
            new = (f"{n} new ones", f"{n} extra", f"{n} new {noun}")
            return dice.pick((*more, *new) if change > 0 else more)
        ours = self._who.whose_again if own and self._who else "the"
        many = self._thing.many
        return dice.pick(
            (
                f"{n} of them",
                f"{n} of them",
                f"{n} of the {many}",
                f"{n} of {ours} {many}",
                f"{n} of those",
                f"{n} of these",
            )
        )

    def _other(self) -> Other:
        return owners.other(self._dice, self._who, self._aside)
