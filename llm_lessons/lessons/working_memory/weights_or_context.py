"""The book closed and open: one question asked of the weights and of the context.

Claim C16: knowledge in the weights is a vague recollection, like something read a month
ago; the context window is working memory, directly available and exact. `open_book`
asks the questions; here they are put together for people who are well known, hardly
known and invented.
"""

from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.checks import checked
from llm_lessons.fjordby import Fact, notes, question
from llm_lessons.fjordby.corpus import ledger_of
from llm_lessons.fjordby.notes import OpenBook
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.working_memory import open_book
from llm_lessons.lessons.working_memory.open_book import Conflict
from llm_lessons.measuring.intervals import Median, Share, apart, median, share
from llm_lessons.measuring.kept import Experiment
from llm_lessons.measuring.parts import spread
from llm_lessons.measuring.replies import replies

WELL_KNOWN = (64, 128, 256, 512)  # readings
PEOPLE = 120  # of each kind; fewer were read of once
FRESH = 20  # people of a learner's own sample


@dataclass(frozen=True)
class Group:
    """One kind of people, one question about each.

    Attributes:
        name: of the group.
        closed: share of questions answered rightly by the weights alone. Nothing is
            right of invented people; for them, what a note would say.
        opened: share answered as the note in front of the question says.
        sure: how likely the model holds its own answer with the book closed, right or
            wrong (median of the probabilities).
        conflict: who wins where the note says something else than the training text;
            None where the training text says nothing.
    """

    name: str
    closed: Share
    opened: Share
    sure: Median
    conflict: Conflict | None


@dataclass(frozen=True)
class Books:
    """The groups, from the best known people to those who don't exist."""

    groups: tuple[Group, ...]

    def sentence(self) -> str:
        """Both books, in numbers."""
        closed = ", ".join(f"{g.closed.percent} ({g.name})" for g in self.groups)
        opened = ", ".join(f"{g.opened.percent} ({g.name})" for g in self.groups)
        return f"Closed book, {closed} of the answers are right; open book, {opened}."

    def title(self) -> str:
        """Where the open book changes most, if anywhere clearly."""
        clear = [g for g in self.groups if apart(g.opened, g.closed)]
        if not clear:
            return "No clear difference between closed and open book"
        most = max(clear, key=lambda g: abs(g.opened.share - g.closed.share))
        return (
            f"With a note, {most.opened.percent} are right, without "
            f"{most.closed.percent} ({most.name})"
        )

    def headline(self) -> Share:
        """What is said of invented people with the book open."""
        return self.groups[-1].opened

    def alt(self, yours: Share | None = None) -> str:
        """The figure in words."""
        rows = "; ".join(
            f"{g.name}: closed {g.closed.percent}, open {g.opened.percent}"
            for g in self.groups
        )
        return (
            f"{self.title()}. Shares of right answers, each with its 95 % interval, "
            f"for three kinds of people, with the book closed and open. {rows}."
            f"{figures.yours_in_words(yours)}"
        )

    def figure(self, yours: Share | None = None) -> Figure:
        """A row a group: closed and open book as two points with their intervals.

        Args:
            yours: other invented people, with the book open.
        """
        looks = (
            ("closed", "closed book", figures.WEIGHTS, "D", 0.14),
            ("opened", "open book", figures.CONTEXT, "o", -0.14),
        )
        with figures.style():
            fig, ax = plt.subplots(figsize=(6.4, 3.2))
            for field, name, color, marker, shift in looks:
                shares = [getattr(group, field) for group in self.groups]
                y = [shift - row for row in range(len(shares))]
                figures.draw_share_rows(ax, y, shares, color, marker)
                # on the side with more room, at the row of the widest interval
                end, by, side = (
                    (shares[1].high, 8, "left")
                    if shares[1].share < 0.5
                    else (shares[1].low, -8, "right")
                )
                look = {"color": color, "weight": "bold", "ha": side, "va": "center"}
                figures.write_beside(ax, name, (end, y[1]), (by, 0), **look)
            ax.set_yticks([-row for row in range(len(self.groups))])
            ax.set_yticklabels([group.name for group in self.groups])
            ax.set(xlabel="right answers", xlim=(-0.03, 1.03))
            ax.set_ylim(0.5 - len(self.groups), 0.5)
            if yours:
                figures.draw_yours(ax, 0.86 - len(self.groups), yours, across=True)
            figures.set_title(fig, self.title())
        return fig


@checked(people=1)
def measure(lm: LanguageModel, people: int = PEOPLE) -> Books:
    """Ask about people of every group with the book closed and open; takes seconds.

    Args:
        people: of each group, or all there are.
    """
    known = [fact for count in WELL_KNOWN for fact in facts_read(count)]
    known, rare = spread(known, people), spread(facts_read(1), people)
    invented = notes.held_out(people, 0)
    return Books(
        (
            _group(lm, "well known", notes.about(known), open_book.conflict(lm, known)),
            _group(lm, "read of once", notes.about(rare), open_book.conflict(lm, rare)),
            _group(lm, "invented", invented, None),
        )
    )


def fresh_notes(lm: LanguageModel, seed: int) -> Share:
    """Other invented people, with the book open."""
    return open_book.with_note(lm, notes.held_out(FRESH, 0, seed))


BOOKS = Experiment(
    name="09_books",
    kind=Books,
    measure=measure,
    cases=PEOPLE,
    headline=Books.headline,
    fresh=fresh_notes,
    asked="answered as the note says, about invented people",
)


def facts_read(readings: int) -> list[Fact]:
    """A fact about each person read so often whom no note of Fjordby contradicts."""
    return open_book.one_fact_each(ledger_of().facts, readings)


def _group(
    lm: LanguageModel, name: str, pages: list[OpenBook], conflict: Conflict | None
) -> Group:
    asked = [question(page.asked.kind, page.asked.name) for page in pages]
    own = replies(lm, asked)
    closed = share(
        reply.text == page.asked.value for reply, page in zip(own, pages, strict=True)
    )
    sure = median(reply.chance for reply in own)
    return Group(name, closed, open_book.with_note(lm, pages), sure, conflict)
