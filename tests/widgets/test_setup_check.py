"""The check on the start page: what it finds, and the remedy for each front end."""

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from llm_lessons.foundation.packaged_files import NotInstalled
from llm_lessons.language_model import LanguageModel
from llm_lessons.widgets import setup_check
from llm_lessons.widgets.setup_check import AnsweringSlider, Finding, Report
from tests.tiny import FJORD


def test_an_old_or_missing_package_is_named_with_the_remedy():
    found = setup_check.check_versions()
    assert found.ok and f"JAX {version('jax')}" in found.sentence
    for installed, sentence in (("0.5.3", "jax is 0.5.3"), (None, "is missing.")):

        def look_up(package: str, installed: str | None = installed) -> Any:
            if package == "jax" and installed is None:
                raise PackageNotFoundError(package)
            return installed if package == "jax" else version(package)

        found = setup_check.check_versions(look_up)
        assert not found.ok and sentence in found.sentence
        assert "`python3 start.py`" in found.sentence


def writer(words: int) -> LanguageModel:
    """A model that writes so many words, and reads each as a token."""
    return SimpleNamespace(  # type: ignore[return-value]
        config=FJORD,
        generate=lambda prompt, max_tokens, temperature=1.0: "a " * words,
        tokenizer=SimpleNamespace(encode=str.split),
    )


def raising(trouble: ValueError) -> Callable[[], Path]:
    def find() -> Path:
        raise trouble

    return find


def test_the_real_model_is_there_or_optional_or_damaged():
    assert setup_check.check_real_model(lambda: Path("model.gguf")).ok
    missing = setup_check.check_real_model(raising(NotInstalled("Get it so.")))
    assert missing.ok is None and missing.sentence.endswith("Get it so.")
    damaged = setup_check.check_real_model(raising(ValueError("It is damaged.")))
    assert damaged == Finding(False, "It is damaged.")


def test_speed_is_words_by_seconds():
    for words, ok in ((100, True), (10, False)):
        ticks = iter([5.0, 5.5])
        found = setup_check.check_speed(writer(words), lambda ticks=ticks: next(ticks))
        assert found.ok == ok
        assert f"writes {2 * words} tokens" in found.sentence


def test_a_report_is_green_or_has_the_remedy_and_escapes_it():
    found = [Finding(True, "Well."), Finding(False, "Type `a` <b>"), Finding(None, "C")]
    report = Report(found)
    assert repr(report) == "✓ Well.\n✗ Type `a` <b>\n○ C"
    assert "<code>a</code> &lt;b&gt;" in report._repr_html_()


def test_each_place_has_its_own_remedy(monkeypatch: pytest.MonkeyPatch):
    shown = []
    monkeypatch.setattr(setup_check, "display", lambda *all: shown.extend(all))
    monkeypatch.setattr(setup_check, "check_speed", lambda lm: Finding(True, "Well."))
    for sign, words in (
        ("COLAB_RELEASE_TAG", "Runtime > Restart session"),
        ("BINDER_REPO_URL", "open the lessons on Binder anew"),
        ("JUPYTERHUB_USER", "tell the person who runs this hub"),
    ):
        shown.clear()
        with monkeypatch.context() as here:
            here.setenv(sign, "1")
            here.setattr(setup_check, "front_end", lambda *_: "Jupyter")
            setup_check.check_setup()
        line, slider = shown[-2:]
        assert words in repr(line) and words in slider._remedy
        assert "start.py" not in repr(line)


def test_the_slider_answers_with_what_it_knows():
    slider = AnsweringSlider("Reload.")
    slider.value = 70
    slider._asked = 3
    assert (slider._echo, slider._answered) == (70, 3)
