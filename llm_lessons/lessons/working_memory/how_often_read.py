"""Weights against context, by how often it was read: from never to 512 times.

Claim C16: knowledge in the weights is a vague recollection, like something read a month
ago; the context window is working memory, directly available and exact. The more often
a fact was read, the better it is recalled, and the more a text has to look like a note
to win against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.fjordby import KINDS, Fact, notes, question
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.working_memory import open_book
from llm_lessons.lessons.working_memory.forms import spoken
from llm_lessons.lessons.working_memory.open_book import people_read
from llm_lessons.measuring.intervals import Median, Share, median, over_forms, surely
from llm_lessons.measuring.intervals import share as share_of
from llm_lessons.measuring.kept import BOTH, Experiment
from llm_lessons.measuring.parts import spread
from llm_lessons.measuring.replies import replies

READINGS = (1, 4, 16, 64, 128, 256, 512)
PEOPLE = 30  # for each number of readings; all there are for the most


@dataclass(frozen=True)
class Recall:
    """What one model answers about people of whom it read so often.

    The intervals count people, of each of whom every kind of fact is asked; what was
    read 0 times is about invented people, each asked about once.

    Attributes:
        model: its name in a sentence, as "Fjord".
        closed: by readings, share answered rightly by the weights alone. Nothing is
            right of invented people; for them, what a note would say.
        noted: share answered as a note says that contradicts the training text.
        bare: the same, with no label "Note:" in front of the sentence.
        kept: share answered as the training text says, below the bare sentence.
        sure: how likely it holds its own answers about invented people (the median of
            the probabilities).
    """

    model: str
    closed: dict[int, Share]
    noted: dict[int, Share]
    bare: dict[int, Share]
    kept: dict[int, Share]
    sure: Median


@dataclass(frozen=True)
class Recalls:
    """The class model, and its twin."""

    models: tuple[Recall, ...]

    def sentence(self) -> str:
        model = self.models[0]
        least, most = min(model.kept), max(model.kept)
        return (
            f"From memory, {model.model} answers {model.closed[least].percent} rightly "
            f"of what it read once, and {model.closed[most].percent} of what it read "
            f"{most} times. A note that says something else wins in "
            f"{model.noted[least].percent} and in {model.noted[most].percent}; the "
            f"same sentence without “Note:”, in {model.bare[least].percent} and in "
            f"{model.bare[most].percent}."
        )

    def also(self) -> str:
        """The same two texts for the other models, in numbers."""
        sentences = []
        for model in self.models[1:]:
            ends = min(model.kept), max(model.kept)
            noted, bare = (
                " and ".join(found[n].percent for n in ends)
                for found in (model.noted, model.bare)
            )
            sentences.append(
                f"For {model.model}, it is {noted}; without “Note:”, {bare}."
            )
        return " ".join(sentences)

    def title(self) -> str:
        """How often a bare sentence wins over what was read once, and often."""
        bare = self.models[0].bare
        least, most = min(self.models[0].kept), max(bare)
        words = (
            f"A bare sentence wins in {bare[least].percent} (read once), "
            f"{bare[most].percent} ({most} times)"
        )
        return surely(words, bare[least], bare[most])

    def alt(self) -> str:
        model = self.models[0]
        rows = "; ".join(
            f"{'invented' if n == 0 else n}: {model.closed[n].percent}, "
            f"{model.noted[n].percent}, {model.bare[n].percent}"
            for n in model.closed
        )
        return (
            f"{self.title()}. Three curves over how many pages told a fact, with 95 % "
            "intervals: right answers from memory; answers as a note above the "
            "question says, which says something else; and as the same sentence says "
            f"without “Note:”. {rows}."
        )

    def figure(self) -> Figure:
        """Memory, note and bare sentence over the readings; the class model's alone."""
        model = self.models[0]
        x = range(len(model.closed))
        curves = (
            ("from memory", model.closed, figures.WEIGHTS, "D", False),
            ("a note wins", model.noted, figures.CONTEXT, "o", False),
            ("no “Note:”", model.bare, figures.CONTEXT, "o", True),
        )
        with figures.style():
            fig, ax = plt.subplots(figsize=(figures.WIDTH, 3.2))
            for _, found, color, marker, hollow in curves:
                figures.draw_shares(ax, x, [*found.values()], color, marker, hollow)
            ax.set_xticks(x, [f"{n or 'invented'}" for n in model.closed])
            ax.set(xlabel="pages that told it", xlim=(-0.3, len(x) + 0.7))
            ax.set(ylim=(-0.03, 1.06), yticks=(0, 0.25, 0.5, 0.75, 1))
            names = [
                (name, found[max(found)].share, c) for name, found, c, *_ in curves
            ]
            figures.name_ends(ax, len(x) - 1, names, 0.11)
            figures.set_title(fig, self.title())
        return fig


@checked(people=1)
def measure(models: Sequence[LanguageModel], people: int = PEOPLE) -> Recalls:
    """Ask for what was read once, twice and more, alone and below both texts.

    Args:
        models: the class model and its twin, or one of them.
        people: for each number of readings, or all there are; 30 take half a minute a
            model on two cores.
    """
    return Recalls(tuple(_recall(lm, people) for lm in models))


BY_READINGS = Experiment(
    "09_readings",
    measure,
    PEOPLE,
    BOTH,
    on_card=r"closed book: .*|note against .* \((note|no label)\): the note wins",
)


def _recall(lm: LanguageModel, people: int) -> Recall:
    n = people * len(KINDS)
    strangers = notes.held_out(n, form="note")
    own = replies(
        lm,
        [question(stranger.asked.kind, stranger.asked.name) for stranger in strangers],
    )
    values = [stranger.asked.value for stranger in strangers]
    closed = {0: share_of(a.text == b for a, b in zip(own, values, strict=True))}
    noted = {0: open_book.with_note(lm, strangers)}
    bare = {0: open_book.with_note(lm, notes.held_out(n, form="no label"))}
    kept = {}
    for readings in READINGS:
        facts = _asked(readings, people)
        told = open_book.without_note(lm, notes.about(facts))
        closed[readings] = over_forms(told, people)
        clash = open_book.conflict(lm, facts)
        noted[readings] = over_forms(clash.note, people)
        clash = open_book.conflict(lm, facts, form="no label")
        bare[readings] = over_forms(clash.note, people)
        kept[readings] = over_forms(clash.weights, people)
    sure = median(reply.chance for reply in own)
    return Recall(spoken(lm), closed, noted, bare, kept, sure)


def _asked(readings: int, people: int) -> list[Fact]:
    """Every fact about some people, none of whom a note of Fjordby contradicts."""
    return [fact for facts in spread(people_read(readings), people) for fact in facts]
