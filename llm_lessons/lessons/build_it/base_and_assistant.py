"""One set of weights in two forms: a page to go on with, and a chat.

Serves C17 and C11. A base model goes on with whatever stands there, and a page that
asks a question goes on with an answer. In the chats that Fjord read, the assistant says
that it doesn't know strangers. Nothing but the form of the text tells the model which
of the two it is to be. Measured here is how often each of them refuses to answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib.figure import Figure

from llm_lessons import figures
from llm_lessons.fjordby import KINDS, assistant, chat, question
from llm_lessons.fjordby.dice import Dice
from llm_lessons.fjordby.strangers import Strangers
from llm_lessons.foundation.checks import checked
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.intervals import Share, over_forms, share, surely
from llm_lessons.measuring.kept import Experiment, Fresh
from llm_lessons.measuring.replies import LONGEST_VALUE
from llm_lessons.measuring.two_points import SHIFT, draw_rows

QUESTIONS = 200  # about strangers; about each known person of no chat there are four
LONGEST_LINE = 36  # tokens of an assistant's plain answer
FIRST_WORDS = 10  # tokens that tell a refusal, or a search, from an answer
ELSEWHERE = 60  # people of each group, on a page and in another wording
FRESH = 20  # strangers of a learner's own sample
SYLLABLES = 0.25  # of the strangers have names that are not made of Fjordby's parts

USUAL = {kind: facts.question for kind, facts in KINDS.items()}
# How no chat of Fjordby asks.
NEW_WORDINGS = {
    "town": "Can you tell me where {name} lives?",
    "job": "Can you tell me what {name} works as?",
    "food": "Can you tell me what {name} likes to eat?",
    "pet": "Can you tell me which pet {name} has?",
}


class Asked(NamedTuple):
    """A question about somebody.

    Attributes:
        name: of the person.
        kind: of fact.
        value: the true answer; None about a stranger.
    """

    name: str
    kind: str
    value: str | None = None


def strangers(count: int, seed: int = 0) -> list[Asked]:
    """Returns a question about each of so many people whom the corpus never names."""
    dice = Dice(seed, "strangers who are asked about")
    people = Strangers(dice, held_out=True, invented=SYLLABLES)
    kinds = list(KINDS)
    return [Asked(people.meet(), kinds[i % len(kinds)]) for i in range(count)]


def well_known(in_chats: bool) -> list[Asked]:
    """Returns all questions about well-known people whom chats name, or whom none does.

    The four about one person follow each other.
    """
    return [
        Asked(person.name, kind, value)
        for person in assistant.well_known(0, in_chats)
        for kind, value in person.facts.items()
    ]


def refuses(answer: str) -> bool:
    """Whether an answer begins with "I don't know"."""
    return answer.strip().lower().startswith("i don't know")


class Form(NamedTuple):
    """What one form of text does with the questions about one kind of people.

    Attributes:
        refused: share of the questions to which it says "I don't know".
        right: share that it answers truly; None about strangers.
    """

    refused: Share
    right: Share | None


@dataclass(frozen=True)
class Group:
    """One kind of people.

    Attributes:
        name: of the group.
        page: on a page that asks "Question:".
        chat: in a chat, in a wording that the chats of Fjordby use.
        reworded: in a chat, in a wording that none of them uses; the intervals count no
            more cases than there are such wordings.
    """

    name: str
    page: Form
    chat: Form
    reworded: Form


@dataclass(frozen=True)
class TwoForms:
    """The same questions on a page and in a chat.

    Attributes:
        strangers: people whom no text of Fjordby names.
        well_known: people who were read about often, but in no chat.
        in_chats: people who were read about often, and asked about in chats.
    """

    strangers: Group
    well_known: Group
    in_chats: Group

    @property
    def groups(self) -> tuple[Group, Group, Group]:
        """The groups, from those whom it can't know."""
        return self.strangers, self.well_known, self.in_chats

    def sentence(self) -> str:
        them, known = self.strangers, self.well_known
        return (
            f"Asked about strangers, Fjord refuses {them.page.refused.percent} of the "
            f"questions on a page and {them.chat.refused.percent} in a chat. Asked in "
            "a chat about people whom it knows well, but whom no chat has named, it "
            f"refuses {known.chat.refused.percent}. {self._decides()}"
        )

    def _decides(self) -> str:
        """Whether the form of the text decides, or what is known."""
        them, known = self.strangers, self.well_known
        by_form = them.chat.refused.share - them.page.refused.share
        by_knowledge = them.chat.refused.share - known.chat.refused.share
        if by_knowledge > by_form / 2:
            return "So the form of the text decides, and what it knows does, too."
        return "So it refuses by the form of the text, and hardly by what it knows."

    def title(self) -> str:
        """How often each form refuses strangers."""
        page, chat = self.strangers.page.refused, self.strangers.chat.refused
        words = f"a chat refuses {chat.percent}, a page {page.percent}"
        return surely(f"Asked about strangers, {words}", page, chat)

    def headline(self) -> Share:
        """How often a chat refuses strangers."""
        return self.strangers.chat.refused

    def alt(self, said: float | None = None, yours: Share | None = None) -> str:
        guess = "" if said is None else f" You said {said:g}\u00a0% of strangers."
        rows = "; ".join(
            f"{group.name}: page {group.page.refused.percent}, "
            f"chat {group.chat.refused.percent}"
            for group in self.groups
        )
        return (
            f"{self.title()}. Shares of questions to which the model says “I don't "
            "know”, each with its 95 % interval, on a page and in a chat: "
            f"{rows}.{guess}{figures.yours_in_words(yours)}"
        )

    def figure(self, said: float | None = None, yours: Share | None = None) -> Figure:
        """A row a group: page and chat as two points with their intervals.

        Args:
            said: how many percent of strangers a chat refuses, before anybody knew.
            yours: other strangers, in a chat.
        """
        rows = [group.name.replace(", ", ",\n") for group in self.groups]
        points = {
            "on a page": [group.page.refused for group in self.groups],
            "in a chat": [group.chat.refused for group in self.groups],
        }
        fig = draw_rows(self.title(), rows, points, "answers “I don't know”")
        if said is not None:
            found = (self.headline().share, -SHIFT)
            figures.draw_guess(fig.axes[0], [said / 100], [-SHIFT], found)
        if yours:
            figures.draw_yours(fig.axes[0], -SHIFT, yours, across=True)
        return fig


@checked()
def measure(
    lm: LanguageModel, questions: int = QUESTIONS, elsewhere: int | None = None
) -> TwoForms:
    """Ask about strangers and about well-known people in both forms; takes seconds.

    Of the people whom chats name, every third is asked about, once.

    Args:
        lm: the class model or its twin.
        questions: about strangers, one each.
        elsewhere: people of each group who are asked about, once each, on a page and in
            the other wording; None: all questions are asked there too.
    """
    named = well_known(in_chats=True)
    named = [named[i + i // 12 % 4] for i in range(0, len(named), 12)]
    return TwoForms(
        *(
            _group(lm, name, asked, _once_each(asked, elsewhere))
            for name, asked in (
                ("strangers", strangers(questions)),
                ("well known, in no chat", well_known(in_chats=False)),
                ("well known, in chats", named),
            )
        )
    )


def of_each(lm: LanguageModel, questions: int) -> TwoForms:
    """The same, with fewer people asked on a page and in the other wording."""
    return measure(lm, questions, ELSEWHERE)


def fresh_strangers(lm: LanguageModel, seed: int) -> Share:
    """Other strangers, asked about in a chat: how often it refuses."""
    asked = [_in_chat(stranger, USUAL) for stranger in strangers(FRESH, seed)]
    return share(refuses(line) for line in talk(lm, asked, FIRST_WORDS))


SAMPLE = Fresh(
    fresh_strangers, TwoForms.headline, "strangers refused in a chat", "strangers"
)
TWO_FORMS = Experiment(
    "10_refusals", of_each, QUESTIONS, fresh=SAMPLE, on_card=r"people asked about .*"
)


def _once_each(asked: Sequence[Asked], people: int | None) -> Sequence[Asked]:
    """A question about each of so many people, the kinds in turn; None: all of them."""
    if people is None:
        return asked
    about: dict[str, list[Asked]] = {}
    for fact in asked:
        about.setdefault(fact.name, []).append(fact)
    return [each[i % len(each)] for i, each in enumerate(about.values())][:people]


def _group(
    lm: LanguageModel, name: str, asked: Sequence[Asked], elsewhere: Sequence[Asked]
) -> Group:
    pages = [question(fact.kind, fact.name) for fact in elsewhere]
    longest = FIRST_WORDS if asked[0].value is None else LONGEST_LINE
    chat, reworded = (
        _form(some, talk(lm, [_in_chat(fact, ways) for fact in some], longest), None)
        for some, ways in ((asked, USUAL), (elsewhere, NEW_WORDINGS))
    )
    page = _form(elsewhere, lm.batch(pages, LONGEST_VALUE, 0, stop="\n"), "{value}.")
    return Group(name, page, chat, _over_wordings(reworded))


def _over_wordings(form: Form) -> Form:
    refused, right = form
    wordings = len(NEW_WORDINGS)
    return Form(
        over_forms(refused, wordings),
        None if right is None else over_forms(right, wordings),
    )


def _in_chat(fact: Asked, wordings: dict[str, str]) -> str:
    return chat.prompt(wordings[fact.kind].format(name=fact.name))


def talk(
    lm: LanguageModel, prompts: Sequence[str], longest: int = LONGEST_LINE
) -> list[str]:
    """Returns the line with which the model goes on, for each transcript."""
    drawn = lm.batch(prompts, longest, temperature=0, stop="\n")
    return [text.strip() for text in drawn]


def _form(asked: Sequence[Asked], answers: Sequence[str], page: str | None) -> Form:
    """Counts answers; those about one person are one case."""
    refused: dict[str, list[bool]] = {}
    right: dict[str, list[bool]] = {}
    for fact, answer in zip(asked, answers, strict=True):
        refused.setdefault(fact.name, []).append(refuses(answer))
        if fact.value is not None:
            wanted = (page or assistant.answer(fact.kind, fact.name, "{value}")).format(
                value=fact.value
            )
            said = answer.strip().startswith(wanted)
            right.setdefault(fact.name, []).append(said)
    found = share(sum(each) / len(each) for each in refused.values())
    if not right:
        return Form(found, None)
    return Form(found, share(sum(each) / len(each) for each in right.values()))
