"""What a toy may ask of a model, by name.

`web/lib/ask.js` asks. In a notebook the kernel answers, in a page without one
`web/answers/questions.js`, by a table of the same names.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np

from llm_lessons import fjordby
from llm_lessons.fjordby.problems import Problem
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.per_token_compute import written
from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.lessons.sampling.forks import BRANCHES, forks_ahead
from llm_lessons.lessons.sampling.runs import ROWS, Odds, Run, listed, odds_along
from llm_lessons.lessons.sampling.runs import runs as runs_of
from llm_lessons.measuring.origins import origins as origins_of
from llm_lessons.measuring.reading import Page
from llm_lessons.measuring.replies import replies
from llm_lessons.measuring.surprise import chances
from llm_lessons.text.pieces import marks

type Question = list[Any]  # its name and its arguments
type Answer = dict[str, Any]  # see `answer`


def scores(lm: Any, prompt: str) -> bytes:
    """Of every token that could come next: float32, little endian."""
    return np.asarray(lm.logits(prompt), dtype="<f4").tobytes()


def reply(lm: LanguageModel, prompt: str) -> dict[str, Any]:
    """A short answer, its chance, and the tokens of the prompt."""
    tokens = len(lm.encode(prompt))
    [(text, chance)] = replies(lm, [prompt])
    return {"tokens": tokens, "text": text, "chance": chance}


def at_once(lm: LanguageModel, question: str) -> dict[str, Any]:
    """An answer without steps, told as `steps` tells one."""
    return _written(lm, question, stepwise=False)


def steps(lm: LanguageModel, question: str, begun: str) -> dict[str, Any]:
    """The steps to an answer, from a beginning on.

    Returns:
        the number of tokens "before", the "pieces" of all steps, the "answer", and how
        "sure" the model is of it.
    """
    return _written(lm, question, stepwise=True, begun=begun)


def _written(
    lm: LanguageModel, question: str, stepwise: bool, begun: str = ""
) -> dict[str, Any]:
    texts = written.write(lm, [Problem(question, (), "")], stepwise, [begun])
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


FORKS = 4 * ROWS  # of a text that somebody types: any other is asked for


def forks(lm: LanguageModel, prompt: str, most: int = FORKS) -> dict[str, Any]:
    """The first "forks" behind a prompt, and the names of their tokens.

    A fork's key is the path to it, as token ids joined by dots. In "room" is how many
    tokens may stand before one.
    """
    read = forks_ahead(lm, prompt, most)
    used = {token for odds in read.values() for token, _ in odds.likeliest}
    return {
        "forks": {key_of(path): _fork_of(odds) for path, odds in read.items()},
        "room": lm.config.max_seq_len - len(lm.encode(prompt)),
        **_names(lm, used),
    }


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
    return {"fork": _fork_of(odds), **_names(lm, {t for t, _ in odds.likeliest})}


OPENINGS = 5  # tokens with which an answer may begin that have a bar


def first_tokens(lm: LanguageModel, prompt: str) -> dict[str, Any]:
    """A short answer, and with which tokens it could have begun."""
    ids = lm.encode(prompt)
    [row] = odds_along(lm, [ids])
    odds = listed(row[-1], OPENINGS)
    tokens = [token for token, _ in odds.likeliest]
    [(text, _)] = replies(lm, [prompt])
    more = {"text": text, "endings": endings(lm, prompt, tokens)}
    return {**_fork_of(odds), **more, **_names(lm, tokens)}


def key_of(path: Sequence[int]) -> str:
    """The key of the fork behind a path."""
    return ".".join(map(str, path))


def _fork_of(odds: Odds) -> dict[str, Any]:
    branches = [list(branch) for branch in odds.likeliest]
    return {"likeliest": branches, "others": odds.others, "rest": odds.rest}


def _names(lm: LanguageModel, tokens: Collection[int]) -> dict[str, Any]:
    """The texts of tokens, and the names of those that are no text."""
    pieces = {str(token): lm.tokenizer.pieces[token] for token in tokens}
    return {"pieces": pieces, "marks": marks(lm.tokenizer, tokens)}


RUN_LENGTH = 40  # tokens
RUNS = 8  # drawn together
RUN_BARS = 5  # for single tokens; all others share one more


def runs(lm: LanguageModel, prompt: str, seed: int) -> dict[str, Any]:
    """Some runs of a prompt, and the names of their tokens; each has the next seed."""
    drawn = runs_of(lm, prompt, RUNS, RUN_LENGTH, seed, RUN_BARS)
    flips = [flip for run in drawn for flip in run.flips]
    used = {flip.token for flip in flips}
    used |= {token for flip in flips for token, _ in flip.odds.likeliest}
    return {"runs": [_run_of(run) for run in drawn], **_names(lm, used)}


def _run_of(run: Run) -> dict[str, Any]:
    """A run as the page reads it.

    Each flip is [token, chance, coin, start, likeliest, where each of these begins].
    Four digits are as many as a page ever shows, and keep a saved one small.
    """
    flips = [
        [
            flip.token,
            *map(_short, (flip.chance, flip.coin, flip.start)),
            [[token, _short(chance)] for token, chance in flip.odds.likeliest],
            [_short(start) for start in flip.starts],
        ]
        for flip in run.flips
    ]
    return {"seed": run.seed, "flips": flips}


def _short(number: float) -> float:
    """Four digits of it, so that hardly anything is still more than nothing."""
    return float(f"{number:.4g}")


QUESTIONS: Mapping[str, Callable[..., Any]] = {
    "at_once": at_once,
    "endings": endings,
    "endings_along": endings_along,
    "facts": facts,
    "first_tokens": first_tokens,
    "fork": fork,
    "forks": forks,
    "origins": origins,
    "reply": reply,
    "runs": runs,
    "scores": scores,
    "search": search,
    "steps": steps,
}


def answer(question: Question, value: Any) -> Answer:
    """What a page is told: "value" is the answer to "shown", the last that was given.

    "heard" is the question that was answered last, or else refused: "why", a sentence.
    """
    return {"heard": question, "why": "", "shown": question, "value": value}


def answered(lm: Any, question: Question, last: Answer) -> Answer:
    """The answer, or a refusal, behind which the last answer stays."""
    name, *arguments = question
    try:
        return answer(question, QUESTIONS[name](lm, *arguments))
    except ValueError as refusal:
        return {**last, "heard": question, "why": str(refusal)}
