"""A model as one classic script, for pages that calculate without a kernel.

A page that is opened from a disk may load no module and fetch nothing; a script it may
load (`<script src="fjord.js">`). So the engine (`web/engine`), what it answers to each
kind of widget (`web/answers`) and the model's numbers are one: it offers the model
under its name (`web/engine/offered.js`), and opens it when it is first asked for.
"""

import base64
import json
import re
from typing import Any

import numpy as np

from llm_lessons.foundation.checks import Refusal, checked
from llm_lessons.foundation.js_bundle import bundle
from llm_lessons.foundation.paths import WEB
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.forward_pass.knobs import sides
from llm_lessons.text.tokenizers import SentencePieceTokenizer
from llm_lessons.weights.checkpoints import flatten

ENTRY = WEB / "answers" / "script.js"


@checked()
def model_script(lm: LanguageModel) -> str:
    """JavaScript, all of it ASCII, that brings a model into a page.

    For Fjord 7.7 MB: its numbers are float16 as in its file, so nothing is lost.

    Raises:
        ValueError: float16 can't hold the model's numbers as they are, or its
            vocabulary is none of SentencePiece's.
    """
    engine, _ = bundle(ENTRY)
    data = json.dumps(packed_model(lm)).replace("</", "<\\/")
    # A function of its own: a script's names are the whole page's.
    return f'(() => {{\n"use strict";\n{_ascii(engine)}\nofferModel({data});\n}})();\n'


def _ascii(script: str) -> str:
    """The same script: other letters stand in texts, patterns and comments alone."""
    return re.sub(r"[^\0-\x7f]", lambda letter: json.dumps(letter[0])[1:-1], script)


@checked()
def packed_model(lm: LanguageModel) -> dict[str, Any]:
    """What `open` in `web/engine/model.js` takes.

    Raises:
        ValueError: as `model_script`.
    """
    if not isinstance(lm.tokenizer, SentencePieceTokenizer):
        raise Refusal(
            f"{lm.name} has a vocabulary that pages can't cut with: take a model whose "
            "tokenizer is a SentencePieceTokenizer."
        )
    return {
        "name": lm.name,
        "config": lm.config.record(),
        "vocabulary": lm.tokenizer.vocabulary(),
        "weights": base64.b64encode(_weights(lm)).decode(),
    }


def _weights(lm: LanguageModel) -> bytes:
    """Every number as float16, in the order in which `parameters.js` reads them."""
    arrays = flatten(lm.params)
    halves = {name: array.astype("<f2") for name, array in arrays.items()}
    for name, half in halves.items():
        if not np.array_equal(half, arrays[name]):
            raise Refusal(
                f"{name} has numbers that float16 can't hold: save the model, and load "
                "it again."
            )
    return b"".join(_turned(name, half).tobytes() for name, half in halves.items())


def _turned(name: str, array: np.ndarray) -> np.ndarray:
    """A matrix with a row for each output, as the page multiplies with it.

    The table of tokens has a row for each already, and a norm is a list.
    """
    if array.ndim == 1 or name == "embedding":
        return array
    return array.reshape(sides(name, array.shape)).T
