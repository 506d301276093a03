"""A tool: the model writes a line, a program does what it says, and both go on.

Serves C17 and C16. A model can only write. If it writes "search: Nils Vangmo", nothing
happens, unless a program reads that line, searches, and pastes what it finds into the
text. Measured here is how often it searches when it should, and whether it then answers
from the result. (Whose orders it follows: `orders`.)
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import NamedTuple

from llm_lessons.fjordby import KINDS, assistant, chat, inventions, statement
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.varied import wordings
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it.base_and_assistant import (
    FIRST_WORDS,
    QUESTIONS,
    Asked,
    strangers,
    talk,
    well_known,
)
from llm_lessons.measuring.intervals import Share, share

type Search = Callable[[str], str]  # from a name to the sentence that was found

SEARCHES = 2  # most searches for one answer
LONGEST_ORDERED = 44  # tokens of an answer; longer ones in capitals are cut
CALL = f"{assistant.SEARCH} "


@checked()
def go_on(lm: LanguageModel, texts: Sequence[str], search: Search) -> list[str]:
    """Writes the model's turn, and does the searches that it writes down.

    Args:
        lm: the class model or its twin.
        texts: transcripts up to the model's turn: see `fjordby.chat.prompt`.
        search: is called with the name behind "search:", and returns what the line
            "Result:" shall say.

    Returns:
        the transcripts, with searches, results and the answer.
    """
    whole, waiting = list(texts), list(range(len(texts)))
    for _ in range(SEARCHES + 1):
        lines = talk(lm, [whole[i] for i in waiting], LONGEST_ORDERED)
        searched = []
        for i, line in zip(waiting, lines, strict=True):
            whole[i] += f" {line}"
            if line.startswith(CALL):
                found = search(line.removeprefix(CALL))
                whole[i] += f"\n{assistant.RESULT} {found}\n{chat.MODEL}"
                searched.append(i)
        waiting = searched
        if not waiting:
            break
    return whole


class Page(NamedTuple):
    """A stranger, and what a search for the name finds.

    Attributes:
        asked: the question, and the value that the page states.
        sentence: the page.
    """

    asked: Asked
    sentence: str


def pages(count: int, seed: int = 0) -> list[Page]:
    """Returns pages about strangers, one each.

    Half of the values are true of somebody in Fjordby, the others stand nowhere in it:
    words that it never invents, and real towns. Half of the wordings are ones that no
    text of Fjordby uses.
    """
    dice = Dice(seed, "pages that are found")
    return [
        _page(stranger.name, stranger.kind, dice) for stranger in strangers(count, seed)
    ]


def _page(name: str, kind: str, dice: Dice) -> Page:
    value = dice.pick(KINDS[kind].values)
    if dice.chance(0.5):
        value = inventions.value(kind, dice, held_out=True)
        if kind == "town" and dice.chance(0.5):
            value = dice.pick(inventions.REAL_TOWNS)
    sentence = statement(kind, name, value, dice)
    if dice.chance(0.5):
        wording = dice.pick(wordings.unpractised(kind, value_first=False))
        sentence = wording.format(name=name, value=value)
    return Page(Asked(name, kind, value), sentence)


@dataclass(frozen=True)
class Searching:
    """When the model searches, and what it makes of what is found.

    Attributes:
        searches: share of strangers whom it looks up, by their exact name.
        answers: of those, the share whose answer is what the result says.
        admits: of those, the share of answers "I found nothing", where nothing was.
        needless: share of well-known people whom it looks up all the same.
        unasked: share of strangers whom it looks up where no line allows it to.
    """

    searches: Share
    answers: Share
    admits: Share
    needless: Share
    unasked: Share

    def sentence(self) -> str:
        return (
            f"Fjord looked up {self.searches.percent} of the strangers, and "
            f"{self.answers.percent} of its answers are what the result said. It also "
            f"looked up {self.needless.percent} of the people whom it knows well."
        )


@checked()
def searching(lm: LanguageModel, count: int = QUESTIONS) -> Searching:
    """Asks about strangers and well-known people where searching is on, and off."""
    found = pages(count)
    sentences = {page.asked.name: page.sentence for page in found}
    asked = [page.asked for page in found]
    on = [ask(fact) for fact in asked]
    texts = go_on(lm, on, lambda name: sentences.get(name, assistant.NOTHING_FOUND))
    looked_up = [
        text.startswith(f"{prompt} {CALL}{fact.name}\n")
        for text, prompt, fact in zip(texts, on, asked, strict=True)
    ]
    searched = [i for i, name in enumerate(looked_up) if name]
    empty = talk(lm, [with_result(asked[i], assistant.NOTHING_FOUND) for i in searched])
    needless = talk(lm, [ask(fact) for fact in well_known(in_chats=False)], FIRST_WORDS)
    unasked = talk(lm, [ask(fact, search=False) for fact in asked], FIRST_WORDS)
    return Searching(
        share(looked_up),
        _share_of([texts[i].endswith(f" {stated(asked[i])}") for i in searched]),
        _share_of(
            [
                answer == assistant.FOUND_NOTHING.format(name=asked[i].name)
                for i, answer in zip(searched, empty, strict=True)
            ]
        ),
        _by_person(line.startswith(CALL) for line in needless),
        share(line.startswith(CALL) for line in unasked),
    )


def _by_person(outcomes: Iterable[bool]) -> Share:
    """The share of outcomes, four about one person after the other: one case each."""
    rows = batched(outcomes, len(KINDS))
    return share(sum(row) / len(row) for row in rows)


def _share_of(outcomes: Sequence[bool]) -> Share:
    """The share of so many; of none it is nothing, and nothing is known."""
    return share(outcomes) if outcomes else Share(0.0, 0.0, 1.0, 0)


def stated(fact: Asked) -> str:
    """Returns the sentence in which the assistant states what was asked for."""
    return assistant.answer(fact.kind, fact.name, str(fact.value))


def ask(fact: Asked, order: str = "", search: bool = True) -> str:
    """Returns a chat in which the user asks that, perhaps with an order behind it."""
    said = KINDS[fact.kind].question.format(name=fact.name)
    return chat.prompt(f"{said} {order}".strip(), search=search)


def with_result(fact: Asked, result: str, order: str = "") -> str:
    """Returns the same chat behind a search and its result."""
    found = f"{CALL}{fact.name}\n{assistant.RESULT} {result}"
    return f"{ask(fact, order)} {found}\n{chat.MODEL}"
