"""A page in another language: its toys speak it, a model's words stay as they are."""

import re
from pathlib import Path

import pytest

from llm_lessons.foundation import languages
from llm_lessons.pages.page import page as page_of
from llm_lessons.widgets import NextToken
from tests.browser.static_page import small_lesson
from tests.pages.test_told import NAME, written
from tests.widgets.stand_in import StandIn

TOLD = {
    "Flip the coin": "Kast mynten",
    "Temperature": "Temperatur",
    "Entropy {1} bits: worth {2} equal choices": "Entropi {1} bit: {2} like valg",
    "␣cat": "␣katt",
    "cat": "katt",
    "All lessons": "Alle leksjoner",
}


def test_toys_speak_another_language_and_tokens_stay(
    new_page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(languages, "CATALOGS", tmp_path)
    written(tmp_path, TOLD)
    one = small_lesson(NAME, "# Title", "## Play", (NextToken(StandIn(), "Once"),))
    file = tmp_path / "page.html"
    file.write_text(page_of("Title", [one], language="nb"), encoding="utf-8")
    page = new_page()
    page.goto(file.as_uri())
    page.get_by_role("link", name="Alle leksjoner").wait_for()
    said = page.locator(".ll-entropy")
    first = said.inner_text()
    assert re.fullmatch(r"Entropi [\d.]+ bit: [\d.]+ like valg", first)
    page.get_by_role("slider", name="Temperatur").fill("2")
    page.wait_for_function(
        "was => document.querySelector('.ll-entropy').innerText !== was", arg=first
    )
    assert said.inner_text().startswith("Entropi ")
    page.get_by_role("button", name="Kast mynten").click()
    page.get_by_text("Flip 1 fell on").wait_for()  # what nobody has translated
    assert "katt" not in page.locator(".ll-bars").inner_text()


def test_a_notebook_speaks_another_language_and_its_code_stays(
    open_notebook, tmp_path: Path
):
    written(tmp_path, TOLD)
    languages._sentences.cache_clear()
    page = open_notebook(
        [
            f"from pathlib import Path\nfrom llm_lessons.foundation import languages\n"
            f"languages.CATALOGS = Path({str(tmp_path)!r})",
            "from llm_lessons.widgets.language import speak\nspeak('nb')",
            "import llm_lessons as ll\nll.NextToken(ll.load('fjord'), 'Once')",
            "# Flip the coin",
        ]
    )
    page.get_by_role("button", name="Kast mynten").wait_for()
    page.get_by_role("slider", name="Temperatur").wait_for()
    said = page.locator(".ll-entropy")
    assert re.fullmatch(r"Entropi [\d.]+ bit: [\d.]+ like valg", said.inner_text())
    code = page.locator(".jp-Notebook .cm-content").last
    assert code.inner_text() == "# Flip the coin"
