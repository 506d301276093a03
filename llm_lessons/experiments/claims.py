"""The class model's figures, each held to its bound: what the model card shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from llm_lessons.experiments import memory, open_book, reasoning
from llm_lessons.experiments.intervals import Share
from llm_lessons.fjordby import Ledger, fruit, marbles, notes
from llm_lessons.language_model import LanguageModel

QUESTIONS = 200  # a figure


@dataclass(frozen=True)
class Figure:
    """One measured share and the bounds that it has to keep.

    Attributes:
        claim: the claims it belongs to, for example "C10, C11".
        what: what was measured, in words.
        share: the measured share with its interval.
        least, most: bounds of the share itself.
    """

    claim: str
    what: str
    share: Share
    least: float = 0.0
    most: float = 1.0

    @property
    def kept(self) -> bool:
        """Whether the share lies within its bounds."""
        return self.least <= self.share.share <= self.most

    @property
    def bound(self) -> str:
        """The bounds in words."""
        parts = []
        if self.least > 0:
            parts.append(f"at least {self.least:.0%}".replace("%", " %"))
        if self.most < 1:
            parts.append(f"at most {self.most:.0%}".replace("%", " %"))
        return ", ".join(parts) or "reported"


def measure(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    """Measure every figure, one after another; greedy, on held-out problems."""
    for part in _PARTS:
        yield from part(lm, ledger)


def _memory(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    for asked, way in ((False, "sentence completed"), (True, "asked as a question")):
        facts = memory.never_asked(ledger.facts) if asked else ledger.facts
        for count, found in memory.recall(lm, facts, ask=asked).items():
            least = 0.95 if count >= 64 else 0.0
            most = 0.20 if count <= 2 else 1.0
            what = f"fact recalled, {way}, after {count} reading{'s' * (count > 1)}"
            yield Figure("C10, C11", what, found, least, most)


def _recitation(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    bounds = {1: (0.0, 0.05), 64: (0.75, 1.0), 256: (0.95, 1.0), 1024: (0.95, 1.0)}
    for copies, found in memory.recitation(lm, ledger.documents).items():
        what = f"rest of a document recited from 12 tokens, copies: {copies}"
        yield Figure("C12", what, found, *bounds.get(copies, (0.0, 1.0)))


def _marbles(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    for k in range(1, 9):
        problems = marbles.held_out(QUESTIONS, k)
        at_once = reasoning.right_at_once(lm, problems)
        least, most = {1: (0.95, 1.0), 5: (0.0, 0.15), 6: (0.0, 0.15)}.get(k, (0, 1))
        what = f"marbles, {k} change{'s' * (k > 1)}"
        beyond = " (longer than any it practised)" if k > 6 else ""
        yield Figure("C13, C14", f"{what}, at once{beyond}", at_once, least, most)
        stepwise = reasoning.right_stepwise(lm, problems)
        least = 0.97 if k <= 6 else 0.0
        yield Figure("C15", f"{what}, step by step{beyond}", stepwise, least)


def _fruit(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    problems = fruit.held_out(QUESTIONS)
    stepwise = reasoning.right_stepwise(lm, problems)
    at_once = reasoning.right_at_once(lm, problems)
    most = stepwise.share - 0.30
    yield Figure("C14", "fruit problem, at once", at_once, most=most)
    yield Figure("C15", "fruit problem, step by step", stepwise, 0.97)
    altered = reasoning.altered_step(lm, problems)
    what = "one written step altered: the next line"
    yield Figure("C15", f"{what} follows it", altered.follows, 0.86)
    yield Figure("C15", f"{what} ignores it", altered.ignores, most=0.05)
    essay = reasoning.right_stepwise(lm, [fruit.essay()])
    yield Figure("C15", "the essay's own problem, step by step", essay, 1.0)


def _open_book(lm: LanguageModel, ledger: Ledger) -> Iterator[Figure]:
    for distractors in range(4):
        pages = notes.held_out(QUESTIONS, distractors)
        found = open_book.with_note(lm, pages)
        what = f"invented people, the note among {distractors} others"
        yield Figure("C16", f"open book: {what}", found, 0.97)
    closed = open_book.without_note(lm, notes.held_out(QUESTIONS, 0))
    yield Figure("C16", "closed book: the same, without the note", closed, most=0.08)


_PARTS: tuple[Callable[[LanguageModel, Ledger], Iterator[Figure]], ...] = (
    _memory,
    _recitation,
    _marbles,
    _fruit,
    _open_book,
)


def table(figures: list[Figure]) -> str:
    """The figures as a Markdown table; a bound that is not kept is marked."""
    lines = [
        "| claim | measured | figure (95 % interval) | bound |",
        "| --- | --- | --- | --- |",
    ]
    for f in figures:
        mark = "" if f.kept else " **not kept**"
        lines.append(f"| {f.claim} | {f.what} | {f.share} | {f.bound}{mark} |")
    return "\n".join(lines) + "\n"
