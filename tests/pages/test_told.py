"""Pages of lessons in another language: a catalog is all that it takes."""

import json
import random
from pathlib import Path

import nbformat
import pytest
from babel.messages.catalog import Catalog
from matplotlib import pyplot as plt

from llm_lessons.figures.svg import to_svg
from llm_lessons.foundation import languages
from llm_lessons.foundation.paths import WEB
from llm_lessons.pages import blocks, catalogs
from llm_lessons.pages.execution import lessons
from llm_lessons.pages.notebooks import in_language
from llm_lessons.pages.page import lesson, page
from llm_lessons.pages.pieces import PARTS
from llm_lessons.widgets.prose import say
from tests.pages.test_page import notebook
from tests.rest import rest
from tests.web.in_deno import run

NAME = "04_temperature"


def written(folder: Path, sentences: dict[str, str]) -> None:
    """A catalog of the lesson, in the catalogs' folder."""
    made, of_rooms = Catalog(locale="nb"), Catalog(locale="nb")
    for own, told in sentences.items():
        made.add(own, told)
    (folder / "nb").mkdir(exist_ok=True)
    for path, catalog in ((f"nb/{NAME}.po", made), ("nb.po", of_rooms)):
        text = catalogs.as_text(catalog, "nb", *catalogs.OF_A_LESSON)
        (folder / path).write_text(text, encoding="utf-8")
    languages._sentences.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    written(tmp_path, {})
    monkeypatch.setattr(languages, "CATALOGS", tmp_path)
    return tmp_path


def test_what_was_computed_is_told_with_its_values_in_their_places(folder: Path):
    written(folder, {"At {1}: “{2}” in {3} %.": "{3} % har «{2}» ved {1}."})
    translate = languages.translator("nb")
    assert (
        translate("At 0.7: “a house” in 1,024 %.") == "1,024 % har «a house» ved 0.7."
    )
    assert translate("At 0.7: nothing.") == "At 0.7: nothing."
    # without a catalog of its own a lesson stays English
    assert languages.language_of(NAME, "nb") == "nb"
    assert languages.language_of("05_training", "nb") == "en"


def test_python_and_pages_take_the_same_values_out():
    coin = random.Random(5)
    parts = ["Flip ", "“␣é 7”", "1,024", "0.5", " % ", "3.", "“"]
    parts += ["{2}", "−4", "a2b", ", "]
    texts = ["".join(coin.choices(parts, k=coin.randint(0, 8))) for _ in range(300)]
    module = (WEB / "page" / "told.js").as_uri()
    done = run(
        "eval",
        f"const {{ masked }} = await import({json.dumps(module)});"
        f"console.log(JSON.stringify({json.dumps(texts)}.map(masked)));",
    )
    ours = [languages.masked(text) for text in texts]
    assert [(pattern, values) for pattern, values in json.loads(done.stdout)] == ours
    for text, (pattern, values) in zip(texts, ours, strict=True):
        if "{" not in text:
            assert languages.filled(pattern, values) == text


def test_a_lesson_keeps_its_parts_in_another_language(folder: Path):
    own = [
        text
        for cell in notebook().cells
        if cell.cell_type == "markdown"
        for text in blocks.sentences(cell.source)
    ]
    written(folder, {text: f"⟦{text}⟧" for text in own})
    english, told = lesson(NAME, notebook()), lesson(NAME, notebook(), "nb")
    assert told.title == f"⟦{english.title}⟧"
    for name in PARTS:  # found by the English headings, whatever they are called
        part = f'data-part="{name}"'
        assert english.body.count(part) == told.body.count(part)
    assert "⟦Play⟧" in told.body and "⟦<strong>Remember:</strong> it.⟧" in told.body
    whole = page(told.title, [told], language="nb")
    assert "tellBelow(document.body" in whole and 'lang="nb"' in whole
    assert 'id="words"' not in page(english.title, [english])


def test_sentences_and_figures_speak_the_kernels_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    title, told = "Up to {1} of {2} stories are new", "Inntil {1} av {2} er nye"
    written(folder, {title: told, "Right: {1} %.": "Riktig: {1} %."})
    monkeypatch.setenv(languages.HERE, "nb")
    fig, ax = plt.subplots()
    words = ax.set_title("Up to 12 of 20\nstories are new")
    svg = to_svg(fig, alt="Right: 5 %.")
    plt.close(fig)
    assert words.get_text().split() == ["Inntil", "12", "av", "20", "er", "nye"]
    assert words.get_text().count("\n") == 1 and "Riktig: 5 %." in svg
    say("Right: 5\n%.\n\n- untold")
    assert "Markdown" in capsys.readouterr().out


@pytest.mark.parametrize("name", rest(NAME))
def test_a_lessons_catalog_has_its_texts_its_figures_and_its_toys(name: str):
    (path,) = (one for one in lessons() if one.stem == name)
    found = dict(catalogs.of_lesson(path))
    assert found["Guess"] and found["variety of stories"].startswith("a sentence")
    wanted = {"**What does the slider do?**", "Where did that come from?"}
    assert wanted <= set(found)
    assert not any("␣" in text for text in found)  # no token of a model
    # what a flip says is heard, for the buttons were pressed
    assert any(text.startswith("Flip {1} fell on “{2}”") for text in found)


def test_a_notebook_has_its_texts_told_and_asks_for_the_rest(folder: Path):
    path = next(path for path in lessons() if path.stem == NAME)
    own = nbformat.read(path, as_version=4)
    texts = [cell.source for cell in own.cells if cell.cell_type == "markdown"]
    headings = [text[2:].split("\n")[0] for text in texts if text.startswith("# ")]
    written(folder, {headings[0]: "Temperatur"})
    told = in_language(nbformat.read(path, as_version=4), "nb")
    nbformat.validate(told)
    assert told.cells[0].source.startswith("# Temperatur")
    code = [cell.source for cell in told.cells if cell.cell_type == "code"]
    assert code[0].endswith("speak('nb')")
    assert code[1:] == [cell.source for cell in own.cells if cell.cell_type == "code"]
