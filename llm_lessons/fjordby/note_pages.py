"""The corpus' own open-book pages: notes about strangers, and questions below them.

Serves C16. The strangers occur on one page only, and every second value is made up for
its page, so nothing of it can come from the weights: it has to be copied. A note may
be a labelled line, a plain one, part of a letter or an item of a list, in some forty
wordings a kind of fact; a story may stand between the notes and the questions, as far
as the window reaches. Now and then a page is asked about somebody who isn't there, or
about what a note only denies: "It doesn't say."

Before these come plain pages, which teach to choose: in the words of the biographies,
mostly one kind of fact about each of several people, and each of them asked about. (A
model that reads the others alone learns to copy, but not whose note to take.)

A few pages contradict the weights: they state something else about people who have
biographies, and the note is right. Everybody else who has biographies appears in no
note, so that an experiment can see who wins, the note or the weights.
"""

from functools import cache

from llm_lessons.checks import checked
from llm_lessons.fjordby import inventions, loose, stories, wordings
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.facts import KINDS, question, statement
from llm_lessons.fjordby.layouts import laid_out
from llm_lessons.fjordby.ledger import Fact
from llm_lessons.fjordby.notes import SILENT, contradicted
from llm_lessons.fjordby.people import population, surnames_of_people
from llm_lessons.fjordby.strangers import Strangers

PAGES = 36_000
FIRST_PAGES = 13_000  # the plain ones
CONTRADICTIONS = 16  # pages for each contradicted person
CONTRADICTED = (64, 128, 256, 512)  # a quarter of the people with so many readings
LONGEST = 244  # tokens of a page, about
_SENTENCES = (1, 2, 3, 4)
_SENTENCES_WEIGHTS = (1, 3, 4, 5)
_FAVOURITE = 0.85  # how often a sentence states the same kind of fact as the first
_STATEMENTS = 0.2  # how often it is worded as in biographies
_LOOSE = 0.5  # how often it is worded as nothing else
_SILENT = 0.4  # how often a page is asked for more than it says


type Told = tuple[str, str, str]  # name, kind, value


def first_texts(seed: int) -> list[str]:
    """Returns the plain pages, which are read before most others."""
    return _written(seed)[0]


def texts(seed: int) -> list[str]:
    """Returns all other open-book pages of the corpus."""
    return _written(seed)[1]


@cache
def _written(seed: int) -> tuple[list[str], list[str]]:
    """Both kinds of pages, for none of their strangers is met twice."""
    dice = Dice(seed, "notes")
    taken = surnames_of_people(seed)
    strangers = Strangers(dice, held_out=False, taken=taken)
    first = [_first_page(strangers, dice) for _ in range(FIRST_PAGES)]
    pages = [_Page(strangers, dice).text() for _ in range(PAGES)]
    pages += [
        _Page(strangers, dice, (about.person, about.kind, about.value)).text()
        for about in contradictions(seed)
    ]
    return first, pages


def _first_page(strangers: Strangers, dice: Dice) -> str:
    """Some notes and as many questions, with nothing in them that is made up."""
    favourite, facts = dice.pick(list(KINDS)), list[Told]()
    for _ in range(dice.weighted((2, 3, 4), (2, 4, 6))):
        kind = favourite if dice.chance(0.8) else dice.pick(list(KINDS))
        values = {value for _, _, value in facts}
        value = dice.pick([one for one in KINDS[kind].values if one not in values])
        name = strangers.meet(facts[-1][0] if facts else None, plain=True)
        facts.append((name, kind, value))
    notes = [
        f"Note: {statement(kind, name, value, dice)}" for name, kind, value in facts
    ]
    answers = [
        f"{question(kind, name)} {value}." for name, kind, value in dice.shuffled(facts)
    ]
    return "\n".join([*notes, *answers])


@checked()
@cache
def contradictions(seed: int) -> tuple[Fact, ...]:
    """Returns, for each contradicting note of the corpus, the false fact it states."""
    dice = Dice(seed, "contradictions")
    return tuple(
        contradicted(
            Fact(person.name, kind, person.facts[kind], person.readings, 0, 0), dice
        )
        for place, person in enumerate(population(seed))
        # Of each count as many people who are asked about as people who are not.
        if person.readings in CONTRADICTED and place % 8 in (2, 5)
        for kind in (dice.pick(list(KINDS)) for _ in range(CONTRADICTIONS))
    )


class _Page:
    """One page, written from the top.

    Args:
        strangers: to write about.
        dice: to throw.
        given: what one of the notes has to say.
    """

    def __init__(
        self, strangers: Strangers, dice: Dice, given: Told | None = None
    ) -> None:
        self._strangers, self._dice = strangers, dice
        self._facts: list[Told] = []
        self._denied: list[Told] = []
        self._loose: list[str] = []  # of whom a sentence tells, and not what kind
        self._sentences: list[str] = []
        self._favourite = given[1] if given else self._kind()
        self._given = given[0] if given else None  # of whom nothing else is told
        if given:
            self._tell(*given)
        for _ in range(
            dice.weighted(_SENTENCES, _SENTENCES_WEIGHTS) - len(self._facts)
        ):
            self._add()
        dice.shuffle(self._sentences)

    def text(self) -> str:
        """The notes, perhaps a story, and the questions, as many as there is room."""
        dice = self._dice
        opening = laid_out(self._sentences, dice)
        answers = [self._answer(fact) for fact in self._facts]
        if not answers or dice.chance(_SILENT):
            answers += self._silences()
        dice.shuffle(answers)
        while len(answers) > 1 and _tokens("", [opening, *answers]) > LONGEST:
            answers.pop()
        between = self._story([opening, *answers]) if dice.chance(0.2) else []
        return "\n".join([opening, *between, *answers])

    def _kind(self) -> str:
        kinds = list(KINDS)
        return self._dice.pick(kinds if self._dice.chance(0.85) else wordings.NOTED)

    def _value(self, kind: str) -> str:
        if kind in KINDS and self._dice.chance(0.45):
            return self._dice.pick(KINDS[kind].values)
        return inventions.value(kind, self._dice)

    def _add(self) -> None:
        """One sentence more, about somebody new or somebody who is there already."""
        dice = self._dice
        names = [name for name, _, _ in self._facts]
        again = [name for name in names if name not in (self._given, *self._loose)]
        kind = self._favourite if dice.chance(_FAVOURITE) else self._kind()
        if again and dice.chance(0.2):
            name = dice.pick(again)
            said = (*self._facts, *self._denied)
            if any(name == other and kind == told for other, told, _ in said):
                return
        else:
            name = self._strangers.meet(dice.pick(names) if names else None)
        if kind in KINDS and dice.chance(0.06):
            value = dice.pick(KINDS[kind].values)
            self._denied.append((name, kind, value))
            wording = dice.pick(wordings.negative(kind))
            self._sentences.append(wording.format(name=name, value=value))
        elif name not in names and dice.chance(0.1):
            self._tell_two(name)
        else:
            self._tell(name, kind, self._value(kind))

    def _tell(self, name: str, kind: str, value: str) -> None:
        dice = self._dice
        told = {name for name, _, _ in self._facts}
        self._facts.append((name, kind, value))
        if kind in KINDS and dice.chance(_STATEMENTS):
            self._sentences.append(statement(kind, name, value, dice))
            return
        plain = name in told or inventions.is_elsewhere(kind, value)
        if not plain and dice.chance(_LOOSE):
            self._loose.append(name)
            self._sentences.append(loose.sentence(dice).format(name=name, value=value))
            return
        wording = wordings.dressed(dice.pick(wordings.practised(kind)), dice)
        self._sentences.append(wording.format(name=name, value=value))

    def _tell_two(self, name: str) -> None:
        kinds, sentences = self._dice.pick(wordings.pairs())
        values = {kind: self._value(kind) for kind in kinds}
        self._facts += [(name, kind, value) for kind, value in values.items()]
        self._sentences.append(self._dice.pick(sentences).format(name=name, **values))

    def _answer(self, fact: Told) -> str:
        name, kind, value = fact
        return f"{self._question(kind, name)} {value}."

    def _question(self, kind: str, name: str) -> str:
        usual, *others = wordings.questions(kind)
        asked = usual if self._dice.chance(0.8) else self._dice.pick(others)
        return f"Question: {asked.format(name=name)}\nAnswer:"

    def _silences(self) -> list[str]:
        """A question that no note answers; and what a note denies, if one does."""
        dice = self._dice
        silent = [(kind, name) for name, kind, _ in self._denied]
        told = {(kind, name) for name, kind, _ in self._facts}
        if told:
            kind, name = dice.pick(sorted(told))
            name = self._strangers.meet(name)
            if (kind, name) not in told:
                silent.append((kind, name))
        return [f"{self._question(kind, name)} {SILENT}" for kind, name in silent]

    def _story(self, others: list[str]) -> list[str]:
        """A story, as long as it may be or shorter, where there is room for it."""
        dice = self._dice
        tales = f"{stories.story(dice)} {stories.story(dice)}"
        sentences = tales.replace("! ", "!\n").replace(". ", ".\n")
        kept: list[str] = []
        most = LONGEST if dice.chance(0.5) else dice.integer(60, LONGEST)
        for sentence in sentences.split("\n"):
            if _tokens(" ".join([*kept, sentence]), others) > most:
                break
            kept.append(sentence)
        return [" ".join(kept)] if kept else []


def _tokens(story: str, others: list[str]) -> float:
    """About how many tokens a page has; names are dearer than the words of a story."""
    return len(story) / 2.35 + sum(map(len, others)) / 1.95
