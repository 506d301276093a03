"""Is everything working? Versions, model, speed, and a slider that must answer."""

import os
import platform
import re
import sys
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.core.getipython import get_ipython
from IPython.display import display

from llm_lessons.foundation import face
from llm_lessons.foundation.packaged_files import NotInstalled
from llm_lessons.foundation.paths import IN_CHECKOUT, PYPROJECT
from llm_lessons.foundation.waiting import waited
from llm_lessons.foundation.workplaces import (
    front_end,
    no_controls,
    way_on,
    workplace,
)
from llm_lessons.language_model import LanguageModel
from llm_lessons.language_model.loading import NoRoom, check_room, load, smollm2_path
from llm_lessons.model.config import SMOLLM2_135M
from llm_lessons.model.parameters import count_parameters
from llm_lessons.widgets.assets import assets
from llm_lessons.widgets.base import with_code

_SPEED_TEST = ("Once upon a time", 100, 0.0)  # prompt, tokens, temperature
_SLOW = 40  # tokens a second; below it, experiments of seconds take minutes


@dataclass(frozen=True)
class Finding:
    """One thing that was checked: whether it is well, and one sentence about it.

    Where `ok` is None, something is missing that the lessons can do without.
    """

    ok: bool | None
    sentence: str


# Of a finding: its mark, its word, and its colour, the theme's own where there is one.
_RIGHT, _WRONG = (face.colours()[name][0] for name in ("weights", "wrong"))
_LOOKS = {
    True: ("✓", "Well", f"success-color1, {_RIGHT}"),
    False: ("✗", "Trouble", f"error-color1, {_WRONG}"),
    None: ("○", "Optional", "ui-font-color2, #666"),
}


class Report:
    """The findings, one a line; green, or with the remedy in the sentence."""

    def __init__(self, findings: list[Finding]):
        self.findings = findings

    def __repr__(self) -> str:
        return "\n".join(f"{_LOOKS[f.ok][0]} {f.sentence}" for f in self.findings)

    def _repr_html_(self) -> str:
        rows = "".join(_row(f) for f in self.findings)
        return f'<div class="ll-report">{rows}</div>'


def _row(finding: Finding) -> str:
    # Styled in place: a notebook that is not trusted loses its stylesheets.
    mark, word, color = _LOOKS[finding.ok]
    return (
        f'<p style="margin: 0.2em 0; max-width: 46rem"><strong role="img" '
        f'aria-label="{word}:" style="color: var(--jp-{color})">{mark}</strong> '
        f"{with_code(finding.sentence)}</p>"
    )


class AnsweringSlider(anywidget.AnyWidget):
    """A slider that asks Python for an answer when it appears and when it moves.

    Attributes:
        value: where it stands, 0 to 100.
    """

    _esm, _css = assets("setup_check")

    value = traitlets.Int(50).tag(sync=True)
    _remedy = traitlets.Unicode().tag(sync=True)
    _asked = traitlets.Int(0).tag(sync=True)  # questions that the page has put
    _answered = traitlets.Int(0).tag(sync=True)  # the last one that Python saw
    _echo = traitlets.Int(50).tag(sync=True)  # the value as Python knows it

    def __init__(self, remedy: str):
        super().__init__(_remedy=remedy)
        self.observe(self._answer, ["_asked", "value"])

    def __repr__(self) -> str:
        return f"[a slider, at {self.value}]"

    def _answer(self, change: Any) -> None:
        with self.hold_sync():
            self._echo, self._answered = self.value, self._asked


def check_versions(installed: Callable[[str], str] = version) -> Finding:
    """Whether Python and all packages are as new as pyproject.toml asks for."""
    least, needed = _asked_for()
    remedy = workplace().renew
    if sys.version_info < _numbers(least):
        return Finding(False, f"Python {least} or newer is needed. {remedy}")
    for requirement in needed:
        package, least = requirement.split(">=")
        try:
            found = installed(package)
        except PackageNotFoundError:
            return Finding(False, f"The package {package} is missing. {remedy}")
        if _numbers(found) < _numbers(least):
            sentence = f"{package} is {found}; the lessons need {least} or newer."
            return Finding(False, f"{sentence} {remedy}")
    python, count = platform.python_version(), len(needed)
    sentence = f"Python {python} and {count} packages are as the lessons need them"
    return Finding(True, f"{sentence} (JAX {installed('jax')}).")


def _asked_for() -> tuple[str, list[str]]:
    """The oldest Python that will do, and each package as "name>=version"."""
    if IN_CHECKOUT:  # it need not be installed, and then has no metadata
        project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
        python, needed = project["requires-python"], project["dependencies"]
    else:
        found = metadata("llm-lessons")
        python, needed = found["Requires-Python"], found.get_all("Requires-Dist", [])
    return python.removeprefix(">="), [one for one in needed if "extra" not in one]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:3])


def check_model(lm: LanguageModel | ValueError) -> Finding:
    """Whether the class model could be loaded, its file undamaged."""
    if isinstance(lm, ValueError):
        return Finding(False, str(lm))
    knobs = count_parameters(lm.config) / 1e6
    sentence = "Fjord, the class model, is here and undamaged"
    return Finding(True, f"{sentence}: {knobs:.1f} million knobs.")


def check_real_model(find: Callable[[], Path] = smollm2_path) -> Finding:
    """Whether the real model is there and fits, its file undamaged; it isn't loaded."""
    try:
        find()
        check_room()
    except (NotInstalled, NoRoom) as trouble:
        sentence = "The real model is not here, and the lessons go on without it."
        return Finding(None, f"{sentence} {trouble}")
    except ValueError as trouble:
        return Finding(False, str(trouble))
    knobs = count_parameters(SMOLLM2_135M) / 1e6
    sentence = "SmolLM2, a real model, is here and undamaged"
    return Finding(True, f"{sentence}: {knobs:.1f} million knobs.")


def check_speed(
    lm: LanguageModel, clock: Callable[[], float] = time.perf_counter
) -> Finding:
    """How fast the model writes, once everything is compiled."""
    lm.generate(*_SPEED_TEST)  # compiles, the first time
    began = clock()
    written = lm.generate(*_SPEED_TEST)
    speed = len(lm.tokenizer.encode(written)) / (clock() - began)
    fact = f"Fjord writes {float(f'{speed:.2g}'):,.0f} tokens (pieces of words)"
    if speed < _SLOW:
        return Finding(
            False, f"{fact} a second. {workplace().slow}; all works even so."
        )
    # 238 words a minute: Brysbaert, Journal of Memory and Language 109 (2019)
    return Finding(True, f"{fact} in a second, in which you read 4 words.")


def check_setup() -> None:
    """Check versions, model, speed and controls: green, or a sentence with a remedy."""
    try:
        lm: LanguageModel | ValueError = load("fjord")
    except ValueError as trouble:
        lm = trouble
    checks = [check_versions, partial(check_model, lm), check_real_model]
    if isinstance(lm, LanguageModel):
        checks.append(partial(check_speed, lm))
    findings = [check() for check in waited(checks, "looking at this computer")]
    shell = get_ipython()
    shown_by = front_end(
        shell.user_ns if shell else {}, os.environ, type(shell).__name__
    )
    if shell and (key := way_on(shown_by, workplace())):
        findings.append(Finding(None, key))
    display(Report(findings))
    remedy = no_controls(shown_by, workplace())
    display(_Remedy(remedy), AnsweringSlider(remedy))


class _Remedy:
    """What to do if there is no slider; the slider's own stylesheet hides it."""

    def __init__(self, remedy: str):
        self._sentence = f"No slider below this line? {remedy}"

    def __repr__(self) -> str:
        return self._sentence

    def _repr_html_(self) -> str:
        return f'<p class="ll-no-slider">{with_code(self._sentence)}</p>'
