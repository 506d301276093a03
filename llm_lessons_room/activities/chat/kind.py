"""A chat step: phones tell Fjord a name, ask for it, and take it out of the text.

A deck gives nothing. What Fjord reads is English; below stands what it means.
"""

import html
from collections.abc import Iterator

from llm_lessons.language_model import LanguageModel
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.parts.plan import Kind, Planned, Shown, Translate
from llm_lessons_room.parts.slide import StepData, paragraph, title

TOLD = "My name is {name}."
ASKED = "What is my name?"
NAME = "Ida"  # on a slide
_LONGEST = 30  # tokens of an answer


def _show(step: Planned, translate: Translate) -> Shown:
    said = {"told": TOLD, "asked": ASKED}
    gloss = translate(ASKED)
    return Shown(said | ({"gloss": gloss} if gloss != ASKED else {}))


def _slides(step: StepData, lm: LanguageModel, words: Words) -> Iterator[str]:
    """The talk with the name in it, and without."""
    for first in ((TOLD.format(name=NAME),), ()):
        talk = list[dict[str, str]]()
        for said in (*first, ASKED):
            talk.append({"role": "user", "content": said})
            answer = lm.chat(talk, _LONGEST, temperature=0)
            talk.append({"role": "assistant", "content": answer})
        read = lm.chat_prompt(talk[:-1])
        quoted = f"{html.escape(read)} <b>{html.escape(talk[-1]['content'])}</b>"
        head = title(step) if first else f"<h1>{words('slides.without')}</h1>"
        yield f"{head}<blockquote>{quoted.replace(chr(10), '<br>')}</blockquote>"
    yield f"<h1>{words('slides.why')}</h1>{paragraph(words('slides.all_it_reads'))}"


def _sentences() -> Iterator[tuple[str, str]]:
    yield ASKED, "the chat: what a phone asks"


KINDS = {"chat": Kind(_show, _slides, sentences=_sentences)}
