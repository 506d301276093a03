"""A hundred questions as dots: what is left if a model speaks only where it is sure."""

import re
from collections.abc import Sequence
from typing import Any

import traitlets

from llm_lessons import fjordby
from llm_lessons.fjordby import KINDS, Fact
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.bluffing.asked import answered, outcome, questions
from llm_lessons.lessons.lossy_zip import recall
from llm_lessons.lessons.sampling.runs import listed, odds_along
from llm_lessons.measuring.parts import spread
from llm_lessons.text.pieces import marks
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import ModelWidget
from llm_lessons.widgets.questions import OPENINGS

ROWS = 10  # people of each number of readings
COLUMNS = 10  # numbers of readings, from none on
PAGES = 2  # of those that say it, which a saved page holds
_NAME = re.compile(r"[A-Z]\w+ [A-Z]\w+")
MOST = 5  # that a wrong answer costs; a right one is worth 1


class SpeakIfSure(ModelWidget):
    """Silence a model where it is not sure, and see what goes: wrong answers, or right.

    Each dot is a question about somebody, in a column by how often the answer was read.
    All are answered at once, on pages of their own. A model is as sure as its answer's
    first token is likely. Without a kernel all works but a question of one's own, which
    takes a page with a model in it.

    Args:
        lm: the class model, which has read Fjordby.

    Attributes:
        least: in percent, how sure it has to be to speak.
        price: of a wrong answer, where a right one is worth 1 and silence 0.
        chosen: the dot that is told in full; -1: the learner's own question.
        question: that one.
    """

    _esm, _css = assets("speak_if_sure")

    least = traitlets.Int(0).tag(sync=True)
    price = traitlets.Int(1).tag(sync=True)
    chosen = traitlets.Int(0).tag(sync=True)
    question = traitlets.Unicode().tag(sync=True)

    _dots = traitlets.List().tag(sync=True)  # see `_told`, column by column
    _rows = traitlets.Int(ROWS).tag(sync=True)
    _most = traitlets.Int(MOST).tag(sync=True)
    # Of all tokens that have bars, by their ids.
    _pieces = traitlets.Dict().tag(sync=True)
    _marks = traitlets.Dict().tag(sync=True)

    @checked()
    def __init__(self, lm: LanguageModel):
        self._lm = lm
        dots = _told(lm, _hundred())
        used = {token for dot in dots for token, _ in dot["likeliest"]}
        super().__init__(
            chosen=_first_wrong(dots),
            _dots=dots,
            _pieces={str(token): lm.tokenizer.pieces[token] for token in used},
            _marks=marks(lm.tokenizer, used),
        )

    def __repr__(self) -> str:
        left, lost = self.counts
        return (
            f"SpeakIfSure(least={self.least}, wrong answers left: {left}, right "
            f"answers lost: {lost})"
        )

    @property
    def counts(self) -> tuple[int, int]:
        """Wrong answers that are left, and right ones that are lost."""
        said = [dot for dot in self._dots if 100 * dot["sure"] >= self.least]
        right, wrong = (
            sum(dot["outcome"] == kind for dot in said) for kind in ("right", "wrong")
        )
        return wrong, sum(dot["outcome"] == "right" for dot in self._dots) - right

    @traitlets.validate("least", "price", "chosen")
    def _check_number(self, proposal: Any) -> int:
        name = proposal.trait.name
        low = -1 if name == "chosen" else 0
        most = {"least": 100, "price": MOST, "chosen": len(self._dots) - 1}[name]
        if self._dots and not low <= proposal.value <= most:
            raise ValueError(
                f"{name} goes from {low} to {most}; it was {proposal.value}."
            )
        return proposal.value


def _hundred() -> list[Fact]:
    """A fact about each of some people for each number of readings, kinds in turn."""
    facts = questions()
    people = [facts[i : i + len(KINDS)] for i in range(0, len(facts), len(KINDS))]
    counts = sorted({four[0].readings for four in people})[:COLUMNS]
    return [
        four[i % len(KINDS)]
        for count in counts
        for i, four in enumerate(
            spread([four for four in people if four[0].readings == count], ROWS)
        )
    ]


def _told(lm: LanguageModel, facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """All that is shown of each question."""
    prompts = recall.prompts(facts, ask=True)
    texts = [lm.encode(prompt) for prompt in prompts]
    odds = [listed(row[-1], OPENINGS) for row in odds_along(lm, texts)]
    told, pages = [], _pages(facts)
    for said, own in zip(answered(lm, facts), odds, strict=True):
        fact, first = said.fact, own.likeliest[0][0]
        end = _end_of_word(lm.tokenizer.pieces[first], said.text)
        told.append(
            {
                "readings": fact.readings,
                "question": KINDS[fact.kind].question.format(name=fact.person),
                "text": said.text,
                "truth": fact.value if fact.readings else "",
                "outcome": outcome(said, 0),
                "sure": own.likeliest[0][1],
                "likeliest": [[token, chance] for token, chance in own.likeliest],
                "others": own.others,
                "endings": {str(first): end} if end else {},
                "pages": pages[fact.person],
            }
        )
    return told


def _pages(facts: Sequence[Fact]) -> dict[str, list[str]]:
    """By person, some of the pages that say it: one look through all of Fjordby."""
    values = {fact.person: fact.value for fact in facts if fact.readings}
    found: dict[str, list[str]] = {fact.person: [] for fact in facts}
    for section, text in fjordby.build().documents:
        if section == "people":
            for name in {*_NAME.findall(text)} & values.keys():
                if values[name] in text and len(found[name]) < PAGES:
                    found[name].append(text)
    return found


def _end_of_word(piece: str, text: str) -> str:
    """The rest of the first word of an answer, behind the token that begins it."""
    [word, *_] = text.split() or [""]
    return word.removeprefix(piece.strip()) if word.startswith(piece.strip()) else ""


def _first_wrong(dots: Sequence[dict[str, Any]]) -> int:
    """Of what was read once, the wrong answer of which it is surest: where to begin."""
    wrong = [
        i
        for i, dot in enumerate(dots)
        if dot["outcome"] == "wrong" and dot["readings"] == 1
    ]
    return max(wrong, key=lambda i: dots[i]["sure"], default=0)
