"""What a toy may ask of a model, by name.

`web/lib/ask.js` asks. In a notebook the kernel answers, in a page without one
`web/answers/questions.js`, by a table of the same names.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from llm_lessons import fjordby
from llm_lessons.fjordby.problems import Problem
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute import written
from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.lessons.sampling.runs import Odds, listed, odds_along
from llm_lessons.measuring.origins import origins as origins_of
from llm_lessons.measuring.reading import Page
from llm_lessons.measuring.replies import replies
from llm_lessons.measuring.surprise import chances
from llm_lessons.text.pieces import marks

type Question = list[Any]  # its name and its arguments
type Told = dict[str, Any]


def reply(lm: LanguageModel, prompt: str) -> dict[str, Any]:
    """A short answer, its chance, and the tokens of the prompt."""
    tokens = len(lm.encode(prompt))
    [(text, chance)] = replies(lm, [prompt])
    return {"tokens": tokens, "text": text, "chance": chance}


def steps(lm: LanguageModel, question: str, begun: str) -> dict[str, Any]:
    """The steps to an answer, from a beginning on.

    Returns:
        the number of tokens "before", the "pieces" of all steps, the "answer", and how
        "sure" the model is of it.
    """
    texts = written.write(lm, [Problem(question, (), "")], stepwise=True, begun=[begun])
    [text], [sure] = texts, written.sureness(lm, texts)
    pieces = [lm.tokenizer.pieces[token] for token in text.tokens]
    before = len(lm.encode(text.prompt))
    return {"before": before, "pieces": pieces, "answer": text.answer, "sure": sure}


def facts(lm: LanguageModel, asked: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """To each prompt a short answer, its chance, and the chance of what is "right"."""
    prompts = [prompt for prompt, _ in asked]
    odds = chances(lm, prompts, [f" {value}." for _, value in asked])
    return [
        {"text": text, "chance": chance, "right": right}
        for (text, chance), right in zip(replies(lm, prompts), odds, strict=True)
    ]


def origins(lm: LanguageModel, asked: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Where texts came from; each is asked for with what it goes on from.

    Each text is a list of parts: [text, number of its page or -1, tokens]. A page is
    [section, its text before the piece, the piece, its text behind it].
    """
    before, texts = zip(*asked, strict=True)
    found = origins_of(lm, list(texts), list(before))
    pages: dict[Page, int] = {}
    parts = [
        [
            [part.text, pages.setdefault(part.page, len(pages)), part.tokens]
            if part.page
            else [part.text, -1, part.tokens]
            for part in one.parts
        ]
        for one in found
    ]
    cut = [
        [section, text[:start], text[start:end], text[end:]]
        for section, text, start, end in pages
    ]
    return {"texts": parts, "pages": cut}


SHOWN = 5  # documents of a search


def search(_: LanguageModel, query: str) -> dict[str, Any]:
    """How many documents of Fjordby have these letters, and the first ones.

    A page searches only in the texts that it keeps, without asking.
    """
    total, hits, whole = fjordby.search(query, SHOWN)
    return {"total": total, "whole": whole, "texts": [hit.text for hit in hits]}


def endings(lm: Any, prompt: str, tokens: Sequence[int]) -> dict[str, str]:
    """How words likely go on that these tokens begin behind the prompt."""
    if not isinstance(lm, LanguageModel):
        return {}
    text = lm.encode(prompt)
    (found,) = likely_endings(lm, text, [(len(text), tokens)])
    return {str(token): ending for token, ending in found.items() if ending}


def endings_along(
    lm: LanguageModel, prompt: str, flips: Sequence[tuple[int, Sequence[int]]]
) -> list[dict[str, str]]:
    """The same at each flip of a run: the token that was drawn, and others like it."""
    start = lm.encode(prompt)
    text = [*start, *(token for token, _ in flips)]
    asked = [
        (len(start) + i, sorted({token, *others}))
        for i, (token, others) in enumerate(flips)
    ]
    found = likely_endings(lm, text, asked) if asked else []
    return [{str(token): end for token, end in one.items()} for one in found]


BRANCHES = 5  # of a fork; all other tokens share one more


def fork(lm: LanguageModel, prompt: str, path: Sequence[int]) -> dict[str, Any]:
    """What may come behind some tokens: a "fork", and the names of its tokens.

    Raises:
        ValueError: nothing comes there: the text has ended, or there is no room.
    """
    text = [*lm.encode(prompt), *path]
    if len(text) > lm.config.max_seq_len or {*path} & {*lm.tokenizer.stops}:
        raise ValueError("Nothing comes behind this path.")
    ((*_, last),) = odds_along(lm, [text])
    odds = listed(last, BRANCHES)
    used = [token for token, _ in odds.likeliest]
    pieces = {str(token): lm.tokenizer.pieces[token] for token in used}
    return {"fork": fork_of(odds), "pieces": pieces, "marks": marks(lm.tokenizer, used)}


def fork_of(odds: Odds) -> dict[str, Any]:
    """A fork as the page reads it."""
    branches = [list(branch) for branch in odds.likeliest]
    return {"likeliest": branches, "others": odds.others, "rest": odds.rest}


QUESTIONS: Mapping[str, Callable[..., Any]] = {
    "endings": endings,
    "endings_along": endings_along,
    "facts": facts,
    "fork": fork,
    "origins": origins,
    "reply": reply,
    "search": search,
    "steps": steps,
}


def answered(lm: Any, question: Question, last: Told) -> Told:
    """What a page hears of its question, `last` being what it heard before.

    Returns:
        "heard": the question, and "why" it was refused, a sentence. "value": the
        answer, and "shown": its question; where one is refused, the last ones stay.
    """
    name, *arguments = question
    try:
        value = QUESTIONS[name](lm, *arguments)
    except ValueError as refusal:
        return {**last, "heard": question, "why": str(refusal)}
    return {"heard": question, "why": "", "shown": question, "value": value}
