"""A temperature step: a deck gives `prompt`, which the model continues."""

import html
from collections.abc import Iterator

import jax.numpy as jnp
import numpy as np

from llm_lessons.decoding.sampling import scale, softmax
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.sampling.endings import likely_endings
from llm_lessons.pages.kit.words import Words
from llm_lessons_room.activities.next_word.kind import odds_slide
from llm_lessons_room.parts.plan import Kind, is_text, show_prompt
from llm_lessons_room.parts.slide import StepData, prompt_html, title

TEMPERATURES = (0, 0.5, 1, 2)
TOKENS = 5  # in the table


def _slides(step: StepData, lm: LanguageModel, words: Words) -> Iterator[str]:
    """The prompt, and the probabilities of its next tokens at each temperature."""
    prompt = step["shown"]["prompt"]
    yield f"{title(step)}{prompt_html(step)}"
    logits = lm.logits(prompt)
    top = np.argsort(-logits, kind="stable")[:TOKENS]
    columns = [_probabilities(logits, t)[top] for t in TEMPERATURES]
    text = lm.encode(prompt)
    ids = [int(token) for token in top]
    (endings,) = likely_endings(lm, text, [(len(text), ids)])
    rows = [
        [
            html.escape(lm.tokenizer.pieces[token].strip())
            + f"<small>{html.escape(endings.get(token, ''))}</small>",
            *(f"{100 * column[rank]:.0f} %" for column in columns),
        ]
        for rank, token in enumerate(ids)
    ]
    heads = [
        words("slides.at", t=words.number(t, digits=int(t % 1 > 0)))
        for t in TEMPERATURES
    ]
    yield odds_slide(words, prompt, ["", *heads], rows)


def _probabilities(logits: np.ndarray, temperature: float) -> np.ndarray:
    if temperature == 0:
        return np.eye(len(logits))[logits.argmax()]
    return np.asarray(softmax(scale(jnp.asarray(logits), temperature)))


KINDS = {"temperature": Kind(show_prompt, _slides, needs={"prompt": is_text})}
