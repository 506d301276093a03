"""One open-book page: notes in any form, perhaps a story, and questions below.

Serves C16. A page may be asked about somebody who isn't there, or about what it doesn't
tell of somebody who is: "It doesn't say."
"""

from llm_lessons.fjordby import inventions, stories
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, statement
from llm_lessons.fjordby.notes import SILENT
from llm_lessons.fjordby.varied import loose, note_frames, wordings
from llm_lessons.fjordby.varied.frames import agreed
from llm_lessons.fjordby.varied.layouts import laid_out
from llm_lessons.fjordby.varied.note_frames import ALL_KINDS, words
from llm_lessons.fjordby.varied.note_layouts import SHAPES, Told, labelled
from llm_lessons.fjordby.varied.questions import asked
from llm_lessons.fjordby.varied.strangers import People

LONGEST = 220  # tokens of a page, about
_LAYOUTS = ("sentences", *SHAPES)
_LAYOUTS_WEIGHTS = (58, 12, 11, 8, 11)
_SENTENCES, _SENTENCES_WEIGHTS = (1, 2, 3, 4), (2, 3, 4, 4)
_ROWS, _ROWS_WEIGHTS = (1, 2, 3, 4), (1, 3, 4, 3)
_FAVOURITE = 0.85  # how often a sentence states the same kind of fact as the first
_STATEMENTS = 0.12  # how often it is worded as in biographies
_LOOSE = 0.25  # how often it is worded as nothing else
_DENIED = 0.05  # how often it only says what is not so
_SILENT = 0.55  # how often a page is asked for more than it says


class Page:
    """One page, written from the top."""

    def __init__(self, people: People, dice: Dice, given: Told | None = None) -> None:
        self._people, self._dice, self._given = people, dice, given
        self._facts = [given] if given else list[Told]()
        self._favourite = given[1] if given else self._kind()
        self._denied: list[Told] = []
        self._loose: set[str] = set()  # of whom a sentence tells, and not what kind

    def text(self) -> str:
        """The notes, perhaps a story, and the questions, as many as there is room."""
        dice = self._dice
        layout = dice.weighted(_LAYOUTS, _LAYOUTS_WEIGHTS)
        if layout == "sentences":
            opening = laid_out(dice.shuffled(self._sentences()), dice)
        else:
            self._add_rows(layout)
            opening = labelled(SHAPES[layout](self._facts, dice), dice)
        answers = [asked(kind, name, value, dice) for name, kind, value in self._facts]
        if not answers or dice.chance(_SILENT):
            answers += self._silences()
        dice.shuffle(answers)
        while len(answers) > 1 and tokens("", [opening, *answers]) > LONGEST:
            answers.pop()
        between = self._story([opening, *answers]) if dice.chance(0.15) else []
        return "\n".join([opening, *between, *answers])

    def _kind(self) -> str:
        return self._dice.pick(
            list(KINDS) if self._dice.chance(0.85) else ALL_KINDS[4:]
        )

    def _value(self, kind: str) -> str:
        if kind in KINDS and self._dice.chance(0.45):
            return self._dice.pick(KINDS[kind].values)
        return inventions.value(kind, self._dice)

    def _stranger(self) -> str:
        known = [name for name, _, _ in self._facts]
        return self._people.meet(self._dice.pick(known) if known else None)

    def _add_rows(self, layout: str) -> None:
        """So many facts as a table, a list, a form or a dialogue is to have."""
        dice = self._dice
        rows, kinds = dice.weighted(_ROWS, _ROWS_WEIGHTS), [self._favourite]
        if layout == "form" or (layout == "table" and dice.chance(0.3)):
            others = [kind for kind in KINDS if kind != self._favourite]
            most = 2 if layout == "form" else 1
            kinds += dice.shuffled(others)[: dice.integer(1, most)]
            rows = min(rows, 2 if layout == "form" else 3)
        for _ in range(rows - len(self._facts)):
            name = self._stranger()
            for kind in kinds:
                if kind == kinds[0] or dice.chance(0.85):
                    self._facts.append((name, kind, self._value(kind)))
        dice.shuffle(self._facts)

    def _sentences(self) -> list[str]:
        said = [self._said(*fact) for fact in self._facts]
        while len(said) < self._dice.weighted(_SENTENCES, _SENTENCES_WEIGHTS):
            said.append(self._one_more())
        return said or [self._one_more()]

    def _one_more(self) -> str:
        """A sentence about somebody new, or another fact about somebody."""
        dice = self._dice
        kind = self._favourite if dice.chance(_FAVOURITE) else self._kind()
        known = {name for name, _, _ in self._facts}
        free = sorted(known - {one for one, other, _ in self._facts if other == kind})
        free = [name for name in free if name not in self._unclear()]
        again = bool(free) and dice.chance(0.2)
        name = dice.pick(free) if again else self._stranger()
        if kind in KINDS and not again and dice.chance(_DENIED):
            value = dice.pick(KINDS[kind].values)
            self._denied.append((name, kind, value))
            wording = dice.pick(wordings.negative(kind))
            return wording.format(name=name, value=value)
        if not again and dice.chance(0.08):
            return self._two(name)
        self._facts.append((name, kind, self._value(kind)))
        return self._said(*self._facts[-1], plain=again)

    def _said(self, name: str, kind: str, value: str, plain: bool = False) -> str:
        """One fact in one sentence; of whom more is told, in one that says the kind."""
        dice = self._dice
        if kind in KINDS and dice.chance(_STATEMENTS):
            return statement(kind, name, value, dice)
        is_clear = plain or inventions.is_elsewhere(kind, value)
        if not is_clear and dice.chance(_LOOSE):
            self._loose.add(name)
            return loose.sentence(dice).format(name=name, value=value)
        return note_frames.sentence(kind, dice).format(name=name, value=value)

    def _two(self, name: str) -> str:
        """Two facts about somebody in one sentence."""
        dice = self._dice
        kinds = dice.shuffled(list(KINDS))[:2]
        done = [dice.pick(words(f"{kind} doing")) for kind in kinds]
        values = [self._value(kind) for kind in kinds]
        self._facts += [
            (name, kind, value) for kind, value in zip(kinds, values, strict=True)
        ]
        gaps = {"name": name}
        for end, doing, value in zip(("", "_too"), done, values, strict=True):
            gaps[f"does{end}"] = agreed(doing, False).format(value=value)
            gaps[f"do{end}"] = agreed(doing, False, True).format(value=value)
        whole = dice.pick(words("two doings")).format_map(gaps)
        return whole if whole.endswith((".", "?")) else f"{whole}."

    def _unclear(self) -> set[str]:
        """Of whom nothing more may be told or asked."""
        return self._loose | ({self._given[0]} if self._given else set())

    def _silences(self) -> list[str]:
        """A question that no note answers; and what a note denies, if one does."""
        dice = self._dice
        silent = [(kind, name) for name, kind, _ in self._denied]
        told = {(kind, name) for name, kind, _ in self._facts}
        if told:
            kind, name = dice.pick(sorted(told))
            other = self._kind()
            if name in self._unclear() or dice.chance(0.7):
                silent.append((kind, self._people.meet(name)))
            elif (other, name) not in {*told, *silent}:
                silent.append((other, name))
        return [asked(kind, name, SILENT[:-1], dice) for kind, name in silent]

    def _story(self, others: list[str]) -> list[str]:
        """A story, as long as it may be or shorter, where there is room for it."""
        dice = self._dice
        tales = f"{stories.story(dice)} {stories.story(dice)}"
        sentences = tales.replace("! ", "!\n").replace(". ", ".\n")
        kept: list[str] = []
        most = LONGEST if dice.chance(0.5) else dice.integer(60, LONGEST)
        for sentence in sentences.split("\n"):
            if tokens(" ".join([*kept, sentence]), others) > most:
                break
            kept.append(sentence)
        return [" ".join(kept)] if kept else []


def tokens(story: str, others: list[str]) -> float:
    """About how many tokens a page has; names are dearer than the words of a story."""
    return len(story) / 2.35 + sum(map(len, others)) / 1.95
