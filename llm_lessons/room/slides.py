"""A deck as slides, for when all else fails: no server, no phones, a PDF.

Each step is a slide of what the room's screen shows, and behind it what comes out: for
a guess the right answer, for a prompt the model's own odds or texts.
"""

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np

from llm_lessons.decoding.sampling import scale, softmax
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it import paper
from llm_lessons.lessons.per_token_compute.direct_or_stepwise import LONGEST_STEPS
from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.places import table
from llm_lessons.room.deck_steps import OPTIONAL

WORDS = 6  # of the model behind a prompt
LEAST = 0.01  # chance of a word that is shown
STORIES = 3
ON_A_SLIDE = 24  # tokens of a story
TEMPERATURES = (0, 0.5, 1, 2)
TOKENS = 5  # in the table of temperatures
LETTERS = "ABCDEFGH"

type Content = Mapping[str, Any]


def slides(deck: Content, lm: LanguageModel, words: Words) -> list[str]:
    """The slides of a deck as HTML.

    Args:
        deck: of `content.content`, in the language of the words.
        lm: the class model, which plays what phones would; what a real one answers is
            for a room alone.
    """
    made = _Slides(lm, words)
    return [
        f'<div class="slide">{_marked(one, step.get("optional", False))}</div>'
        for step in deck["steps"]
        if "real" not in step["shown"]
        for one in made.of(step)
    ]


class _Slides:
    def __init__(self, lm: LanguageModel, words: Words):
        self._lm = lm
        self._words = words
        self._kinds: dict[str, Callable[[Content], Iterator[str]]] = {
            "guess": self._guess,
            "ten": self._ten,
            "figure": self._figure,
            "break": self._break,
            "coin": self._prompt,
            "next_word": self._prompt,
            "stories": self._stories,
            "temperature": self._temperature,
            "marbles": self._marbles,
            "book": self._book,
        }

    def of(self, step: Content) -> Iterator[str]:
        return self._kinds.get(step["kind"], self._text)(step)

    def _text(self, step: Content) -> Iterator[str]:
        yield f"{_title(step)}{_p(step['shown'].get('text', ''))}"

    def _break(self, step: Content) -> Iterator[str]:
        minutes = f"{step['minutes']:g}"
        yield f"<h1>{self._words('slides.break', minutes=minutes)}</h1>"

    def _figure(self, step: Content) -> Iterator[str]:
        shown = step["shown"]
        yield f"{_title(step)}{shown['svg']}{_p(shown['said'])}"

    def _guess(self, step: Content) -> Iterator[str]:
        asked = _asked(step["shown"])
        yield f"<h1>{self._words('slides.guess')}</h1>{asked}"
        if step.get("part") != "first":  # asked again later: nothing is said yet
            yield self._result(step["shown"], step["hidden"])

    def _result(self, shown: Content, hidden: Content) -> str:
        rights = hidden["right"]
        said = "".join(
            f"<p><b>{LETTERS[place]} · {html.escape(shown['choices'][place])}</b></p>"
            f"{_p(hidden['why'][place])}"
            for place in rights
        )
        return (
            f"<h1>{self._words('slides.result')}</h1>"
            f'<p class="small">{html.escape(shown["question"])}</p>{said}'
        )

    def _ten(self, step: Content) -> Iterator[str]:
        questions = step["shown"]["questions"]
        before = step["shown"]["when"] == "before"
        for number, one in enumerate(questions):
            of = f"{number + 1}/{len(questions)}"
            if before:
                yield f"<h1>{html.escape(step['title'])} · {of}</h1>{_asked(one)}"
                continue
            right, why = step["hidden"]["right"][number], step["hidden"]["why"][number]
            choice = html.escape(one["choices"][right])
            yield (
                f"<h1>{of}</h1>{_p(one['question'])}"
                f"<p><b>{LETTERS[right]} · {choice}</b></p>{_p(why)}"
            )

    def _prompt(self, step: Content) -> Iterator[str]:
        prompt = step["shown"]["prompt"]
        yield f"{_title(step)}{self._quoted(step)}"
        words = paper.next_words(self._lm, prompt, WORDS)
        found = [word for word in words if word.chance >= LEAST]
        widest = max(word.chance for word in found)
        rows = [
            [
                html.escape(word.text.strip()),
                f"{100 * word.chance:.0f} %",
                f'<span class="bar" style="width: {120 * word.chance / widest:.0f}mm">'
                "</span>",
            ]
            for word in found
        ]
        yield self._odds(prompt, [], rows)

    def _stories(self, step: Content) -> Iterator[str]:
        prompt = step["shown"]["prompt"]
        yield f"{_title(step)}{self._quoted(step)}"
        heats = step["shown"]["temperatures"]
        for heat in heats:
            told = self._lm.batch([prompt] * STORIES, ON_A_SLIDE, temperature=heat)
            quotes = "".join(
                f"<blockquote><b>{html.escape(prompt)}</b>{html.escape(one)} …"
                "</blockquote>"
                for one in map(_whole_words, told)
            )
            at = self._words.number(heat, digits=int(heat % 1 > 0))
            several = len(heats) > 1
            head = self._words("slides.at" if several else "slides.each", t=at)
            yield f"<h1>{head}</h1>{quotes}"

    def _temperature(self, step: Content) -> Iterator[str]:
        prompt = step["shown"]["prompt"]
        yield f"{_title(step)}{self._quoted(step)}"
        scores = self._lm.logits(prompt)
        order = np.argsort(-scores, kind="stable")[:TOKENS]
        columns = [_shares(scores, t)[order] for t in TEMPERATURES]
        text = self._lm.encode(prompt)
        ids = [int(token) for token in order]
        (endings,) = likely_endings(self._lm, text, [(len(text), ids)])
        rows = [
            [
                html.escape(self._lm.tokenizer.pieces[token].strip())
                + f"<small>{html.escape(endings.get(token, ''))}</small>",
                *(f"{100 * column[place]:.0f} %" for column in columns),
            ]
            for place, token in enumerate(ids)
        ]
        told = [self._words.number(t, digits=int(t % 1 > 0)) for t in TEMPERATURES]
        heads = ["", *(self._words("slides.at", t=t) for t in told)]
        yield self._odds(prompt, heads, rows)

    def _odds(
        self, prompt: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> str:
        """A slide with what the model finds likely behind a prompt."""
        head = f"<h1>{self._words('slides.odds')}</h1>{_quote(prompt)}"
        return f"{head}{table('odds', heads, rows)}"

    def _marbles(self, step: Content) -> Iterator[str]:
        problems = step["shown"]["problems"]
        yield f"{_title(step)}{_p(self._words.plain('slides.paper'))}"
        for number, one in enumerate(problems, 1):
            # people do it in their own language; as Fjord reads it stands small below
            asked = one.get("gloss") or one["question"]
            read = one["question"] if one.get("gloss") else ""
            small = f'<p class="small">{html.escape(read)}</p>'
            yield f"<h1>{number}/{len(problems)}</h1>{_p(asked)}{small}"
        rows = [
            [str(number), str(answer)]
            for number, answer in enumerate(step["hidden"]["answers"], 1)
        ]
        asked = step["hidden"]["fjord"]
        right = [self._right(asked, key) for key in ("at_once", "steps")]
        said = "".join(
            f"<p>Fjord, {self._words(f'slides.{key}')}: "
            f"{self._words('slides.right_of', right=count, n=len(asked))}</p>"
            for key, count in zip(("at_once", "steps"), right, strict=True)
        )
        answers = table("answers", [], rows)
        yield f"<h1>{self._words('slides.result')}</h1>{answers}{said}"

    def _right(self, asked: Sequence[Content], key: str) -> int:
        """How many of these Fjord answers right with its favourite words."""
        written = self._lm.batch(
            [one[key] for one in asked], LONGEST_STEPS, temperature=0
        )
        ends = [text.strip().rstrip(".").split()[-1:] for text in written]
        return sum(
            end == [str(one["answer"])] for end, one in zip(ends, asked, strict=True)
        )

    def _book(self, step: Content) -> Iterator[str]:
        shown = step["shown"]
        yield f"<h1>{self._words('slides.closed')}</h1>{_asked(shown)}"
        note = step["notes"]["half"]
        gloss = f'<p class="small">{html.escape(note.get("gloss", ""))}</p>'
        yield (
            f"<h1>{self._words('slides.opened')}</h1>{_quote(note['note'], '')}{gloss}"
            f"{_asked(shown)}"
        )
        yield self._result(shown, step["hidden"])

    def _quoted(self, step: Content) -> str:
        gloss = html.escape(step["shown"].get("gloss", ""))
        return f'{_quote(step["shown"]["prompt"])}<p class="small">{gloss}</p>'


def _whole_words(text: str) -> str:
    """Up to the end of a word, without bytes that are no letter."""
    whole = text.replace("\ufffd", "")
    return whole.rsplit(" ", 1)[0] if " " in whole.strip() else whole


def _shares(scores: np.ndarray, temperature: float) -> np.ndarray:
    """The chances of all tokens at a temperature; at 0 the favourite has all."""
    if temperature == 0:
        return np.eye(len(scores))[scores.argmax()]
    return np.asarray(softmax(scale(jnp.asarray(scores), temperature)))


def _marked(slide: str, is_optional: bool) -> str:
    """The same with the run sheet's mark, where the step can be left out."""
    return slide.replace("<h1>", f"<h1>{OPTIONAL} ", 1) if is_optional else slide


def _title(step: Content) -> str:
    return f"<h1>{html.escape(step['title'])}</h1>"


def _p(text: str) -> str:
    return f"<p>{html.escape(text)}</p>" if text else ""


def _quote(text: str, more: str = " …") -> str:
    return f"<blockquote>{html.escape(text)}{more}</blockquote>"


def _asked(shown: Content) -> str:
    choices = "".join(f"<li>{html.escape(one)}</li>" for one in shown["choices"])
    return f'{_p(shown["question"])}<ol class="choices">{choices}</ol>'
