"""Why it is so sure of strangers: do they get what is true of somebody with their name?

Claim C16. Asked about people who don't exist, with the book closed, the class model is
far surer than somebody who guesses. One reason can be tested. The name itself may lead
to what was read: the answer about a stranger is then what is true of a well-read person
whose name is alike, more often than it is true of those of other strangers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.fjordby import Fact, notes, question, words
from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.intervals import Share, share
from llm_lessons.measuring.replies import LONGEST_VALUE

STRANGERS = 200
WELL_READ = 64  # readings, or more
ALIKE = ("the same first name", "a surname that begins alike", "one that ends alike")
_PARTS = {words.surname(*parts): parts for parts in words.SURNAME_PARTS}

type Asked = Sequence[tuple[str, str, str]]  # name, kind of fact, answer


@dataclass(frozen=True)
class Alike:
    """Strangers, and the well-read people whose names are like theirs in one way.

    Attributes:
        way: in which the names are alike.
        taken: share of answers about strangers that are true of such a person.
        chance: share that are true of such a person of another stranger.
    """

    way: str
    taken: Share
    chance: Share

    @property
    def is_clear(self) -> bool:
        """Whether it is more than chance: the intervals lie apart."""
        return self.taken.low > self.chance.high


@dataclass(frozen=True)
class Namesakes:
    """What strangers owe to people with names like theirs, one row for each way."""

    rows: tuple[Alike, ...]

    def sentence(self) -> str:
        """Each way in numbers, and whether names lead the model to its answers."""
        told = "; ".join(
            f"{row.way}: {row.taken.percent} (by chance {row.chance.percent})"
            for row in self.rows
        )
        start = (
            f"What Fjord says of {self.rows[0].taken.n} strangers is true of "
            f"somebody well known who has {told}."
        )
        clear = [row.way for row in self.rows if row.is_clear]
        if not clear:
            return f"{start} That is no more than chance: names don't explain it."
        return (
            f"{start} That is more than chance for {' and '.join(clear)}: a stranger "
            "gets what belongs to somebody with a name like that."
        )

    def title(self) -> str:
        """The way to be alike that brings most, where one brings more than chance."""
        clear = [row for row in self.rows if row.is_clear]
        if not clear:
            return "No clear sign that names lead to the answers"
        most = max(clear, key=lambda row: row.taken.share)
        return (
            f"{most.taken.percent} of answers fit somebody named alike, "
            f"by chance {most.chance.percent}"
        )

    def alt(self) -> str:
        """The figure in words."""
        told = "; ".join(
            f"{row.way}: {row.taken.percent}, by chance {row.chance.percent}"
            for row in self.rows
        )
        return (
            f"{self.title()}. Points with 95 % intervals: answers about strangers that "
            "are true of a well-read person with a name like theirs, and by chance. "
            f"{told}."
        )

    def figure(self) -> Figure:
        """A row for each way to be alike: measured and by chance."""
        looks = (
            ("taken", "measured", figures.VERMILION, "s", 0.14),
            ("chance", "by chance", figures.BLUE, "o", -0.14),
        )
        with figures.style():
            fig, ax = plt.subplots(figsize=(6.4, 2.2))
            for field, name, color, marker, shift in looks:
                shares = [getattr(row, field) for row in self.rows]
                y = [shift - row for row in range(len(shares))]
                figures.draw_share_rows(ax, y, shares, color, marker)
                ax.annotate(
                    name,
                    (shares[0].high, y[0]),
                    (8, 0),
                    textcoords="offset points",
                    color=color,
                    weight="bold",
                    va="center",
                )
            ax.set_yticks([-row for row in range(len(self.rows))])
            ax.set_yticklabels([row.way for row in self.rows])
            highest = max(
                one.high for row in self.rows for one in (row.taken, row.chance)
            )
            ax.set(
                xlabel="answers that are true of such a person",
                xlim=(0, 1.35 * highest),
            )
            ax.margins(y=0.2)
            fig.suptitle(self.title(), x=0.01, ha="left", weight="bold", size=12)
        return fig


@checked(strangers=2)
def measure(lm: LanguageModel, strangers: int = STRANGERS) -> Namesakes:
    """Ask about invented people with the book closed; greedy, takes seconds."""
    asked = [page.asked for page in notes.held_out(strangers, 0)]
    prompts = [question(one.kind, one.name) for one in asked]
    texts = lm.batch(prompts, LONGEST_VALUE, temperature=0, stop="\n")
    answers = [
        (one.name, one.kind, text.split(".")[0].strip())
        for one, text in zip(asked, texts, strict=True)
    ]
    known = [fact for fact in ledger_of().facts if fact.readings >= WELL_READ]
    return compare(answers, known)


def compare(answers: Asked, known: Sequence[Fact]) -> Namesakes:
    """Hold answers about strangers against facts about people with names like theirs.

    Chance is what the same answers come to with the namesakes of all other strangers:
    so it has the model's favourite answers in it, and how many namesakes there are.
    """
    return Namesakes(
        tuple(_alike(way, place, answers, known) for place, way in enumerate(ALIKE))
    )


def _alike(way: str, place: int, answers: Asked, known: Sequence[Fact]) -> Alike:
    true: dict[tuple[str, str], set[str]] = {}
    for fact in known:
        part = parts_of(fact.person)[place]
        true.setdefault((part, fact.kind), set()).add(fact.value)
    names = [parts_of(name)[place] for name, _, _ in answers]

    def of(part: str, kind: str, answer: str) -> bool:
        return bool(part) and answer in true.get((part, kind), ())

    taken = [of(part, *one[1:]) for part, one in zip(names, answers, strict=True)]
    chance = [
        _mean(
            of(part, kind, answer)
            for other, part in enumerate(names)
            if other != own and part != names[own]
        )
        for own, (_, kind, answer) in enumerate(answers)
    ]
    return Alike(way, share(taken), share(chance))


def _mean(values: Iterable[bool]) -> float:
    all_of_them = list(values)
    return sum(all_of_them) / max(1, len(all_of_them))


def parts_of(name: str) -> tuple[str, str, str]:
    """First name, and both parts of the surname; empty where it is made otherwise."""
    first, _, surname = name.partition(" ")
    return first, *_PARTS.get(surname, ("", ""))
