"""What the class model makes of what people type: two sets, none of them by us.

Each item is answered greedily, and marked by the answer that its author wrote beside
it. In a chat the model's own answers stand between the messages.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from llm_lessons.fjordby import assistant, chat, outsiders
from llm_lessons.fjordby.outsiders import Set
from llm_lessons.fjordby.people import Person
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring.claims import Figure
from llm_lessons.measuring.intervals import share

_STEPS, _LINE = 220, 60  # tokens that are drawn at most
# Goals of both models, in per cent, set before the first of them was trained. None is
# set for what no page practises.
GOALS = {
    "marbles 2": 80,
    "marbles 3": 80,
    "marbles 4": 70,
    "verbs": 70,
    "shop": 85,
    "notes label": 90,
    "notes new": 85,
    "notes bare": 85,
    "notes absent": 90,
    "told": 85,
    "oneself": 85,
    "name": 90,
    "corrections": 80,
    "sums": 95,
    "differences": 95,
    "strangers": 90,
}
MOST_REFUSED = 5  # per cent of the well-known

_WORDS = {
    "marbles 2": "own marble sentences, 2 changes, step by step",
    "marbles 3": "own marble sentences, 3 changes, step by step",
    "marbles 4": "own marble sentences, 4 changes, step by step",
    "verbs": "one change, by an ordinary verb with no word beside it that tells",
    "shop": "the shop in own sentences, step by step",
    "notes label": "own notes with a label",
    "notes new": "own notes with a label and an invented value",
    "notes bare": "own notes without a label",
    "notes absent": "a note about somebody else: it doesn't say",
    "told": "a fact told in a chat about somebody, then asked",
    "oneself": "a fact told about oneself, then asked",
    "name": "a name told after any greeting, then asked",
    "corrections": "a fact told, corrected, then asked",
    "sums": "sums in a chat",
    "differences": "differences in a chat",
    "strangers": "strangers refused in a chat",
}


def figures(lm: LanguageModel, which: Set) -> Iterator[Figure]:
    """The rows of the model card for one of the two sets."""
    for title, right in marked(lm, which).items():
        what = f"{which} outsiders' set: {_WORDS[title]}"
        yield Figure("C15, C16, C17", what, share(right), GOALS[title] / 100)
    if which == "first":
        people = assistant.well_known(0, in_chats=False)
        refused, right = known(lm, people)
        what = "well-known people whom no chat names, asked in a chat: refused"
        yield Figure("C17", what, share(refused), most=MOST_REFUSED / 100)
        yield Figure("C17", what.replace("refused", "right"), share(right))


def marked(lm: LanguageModel, which: Set) -> dict[str, list[bool]]:
    """Returns for each section which of its items are answered right."""
    found = dict[str, list[bool]]()
    for title, items in outsiders.items(which).items():
        if title in _MARKED:
            is_right, said = _MARKED[title][1], _answers(lm, title, items)
            found[title] = [*map(is_right, said, items)]
    return found


def known(lm: LanguageModel, people: Sequence[Person]) -> tuple[list[bool], list[bool]]:
    """Asks in a chat about well-known people: who is refused, who answered right."""
    asked = [
        (assistant.questions(kind)[1 + i % 4].format(name=person.name), person, kind)
        for i, person in enumerate(people)
        for kind in person.facts
    ]
    said = _lines(lm, [chat.prompt(question) for question, *_ in asked])
    refused = [_refuses(answer) for answer in said]
    right = [
        _holds(answer, person.facts[kind])
        for answer, (_, person, kind) in zip(said, asked, strict=True)
    ]
    return refused, right


def talk(lm: LanguageModel, chats: Sequence[Sequence[str]]) -> list[list[str]]:
    """Returns what the model answers to each message of some chats, greedily."""
    said: list[list[str]] = [[] for _ in chats]
    for turn in range(max(map(len, chats))):
        going = [i for i, messages in enumerate(chats) if turn < len(messages)]
        prompts = list[str]()
        for i in going:
            own = [
                line for both in zip(chats[i], said[i], strict=False) for line in both
            ]
            prompts.append(chat.prompt(*own, chats[i][turn]))
        for i, answer in zip(going, _lines(lm, prompts), strict=True):
            said[i].append(answer)
    return said


def _answers(
    lm: LanguageModel, title: str, items: Sequence[Sequence[str]]
) -> list[str]:
    kind = _MARKED[title][0]
    if kind == "steps":
        prompts = [f"{question}\nStep by step:" for question, *_ in items]
        return lm.batch(prompts, _STEPS, temperature=0, window="slide")
    if kind == "note":
        prompts = [
            f"{note}\nQuestion: {question}\nAnswer:" for note, question, *_ in items
        ]
        return _lines(lm, prompts)
    messages = [item[:-1] if len(item) > 1 else item for item in items]
    return [answers[-1] for answers in talk(lm, messages)]


def _lines(lm: LanguageModel, prompts: Sequence[str]) -> list[str]:
    drawn = lm.batch(prompts, _LINE, temperature=0, window="slide", stop="\n")
    return [text.split("\n")[0].strip() for text in drawn]


def _reckoned(said: str, item: Sequence[str]) -> bool:
    found = re.search(r"Answer: (\$?\d+)\.?", said)
    return bool(found) and found[1] == item[-1]


def _copied(said: str, item: Sequence[str]) -> bool:
    return _bare(said) == _bare(item[-1])


def _told(said: str, item: Sequence[str]) -> bool:
    return _holds(said, item[-1])


def _summed(said: str, item: Sequence[str]) -> bool:
    numbers = re.findall(r"\d+", said)
    return bool(numbers) and numbers[-1] == item[-1]


def _refused(said: str, item: Sequence[str]) -> bool:
    return _refuses(said)


def _refuses(said: str) -> bool:
    return said.lower().startswith("i don't know")


def _holds(said: str, value: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(_bare(value))}(?!\w)", _bare(said)))


def _bare(text: str) -> str:
    """Without an article and marks, in small letters."""
    return re.sub(r"^(a|an|the) ", "", text.strip(" .!?\"'").lower())


_MARKED: dict[str, tuple[str, Callable[[str, Sequence[str]], bool]]] = {
    **dict.fromkeys(("marbles 2", "marbles 3", "marbles 4"), ("steps", _reckoned)),
    **dict.fromkeys(("verbs", "shop"), ("steps", _reckoned)),
    **dict.fromkeys(
        ("notes label", "notes new", "notes bare", "notes absent"), ("note", _copied)
    ),
    **dict.fromkeys(("told", "oneself", "name", "corrections"), ("chat", _told)),
    **dict.fromkeys(("sums", "differences"), ("chat", _summed)),
    "strangers": ("chat", _refused),
}
