"""What a run comes from: its own lesson's code, scripts and texts, and no other's."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from llm_lessons.lessons import LESSONS
from llm_lessons.pages import sources
from llm_lessons.pages.execution import lessons
from llm_lessons.pages.sources import Sources, fingerprint
from llm_lessons.paths import DATA, NOTEBOOKS, PACKAGE
from tests.pages.test_execution import notebook

WATCHED = {"00", "03", "05", "06", "07", "08", "10"}
LEFT_OUT = shutil.ignore_patterns("__pycache__", "room")
Change = Callable[..., set[str]]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, in which files may change."""
    copied = tmp_path / PACKAGE.name
    shutil.copytree(PACKAGE, copied, ignore=LEFT_OUT)
    monkeypatch.setattr(sources, "PACKAGE", copied)
    monkeypatch.setattr(sources, "WEB", copied / "web")
    monkeypatch.setattr(sources, "DATA", tmp_path / "data")  # 11 MB, of no account here
    return copied


@pytest.fixture
def changed(package: Path) -> Change:
    """The numbers of the lessons that run anew when a text is put before some files."""

    def prints() -> dict[str, str]:
        some = [path for path in lessons() if path.stem[:2] in WATCHED]
        return {path.stem[:2]: fingerprint(path) for path in some}

    before = prints()

    def change(put: str, *names: str) -> set[str]:
        sources = {
            package / name: (package / name).read_text("utf-8") for name in names
        }
        for path, source in sources.items():
            path.write_text(put + source, "utf-8")
        after = prints()
        for path, source in sources.items():
            path.write_text(source, "utf-8")
        return {number for number in before if before[number] != after[number]}

    return change


def modules(folder: Path, *cells: str) -> set[str]:
    """What a notebook of these cells uses, by the modules' names."""
    found = Sources(notebook(folder, *cells)).python
    return {name.removeprefix("llm_lessons.") for name in found}


@pytest.mark.slow
def test_words_about_code_change_no_run_and_code_changes_those_that_use_it(
    changed: Change,
):
    recall, changes = "lossy_zip/recall.py", "per_token_compute/changes.py"
    about = [f"lessons/{recall}", f"lessons/{changes}", "loading.py", "figures.py"]
    assert changed('"""Another word."""\n# a comment\n', *about) == set()
    assert changed("MORE = 1\n", "handouts.py", "pages/page.py") == set()
    assert changed("MORE = 1\n", f"lessons/{recall}") == {"06"}
    assert changed("MORE = 1\n", f"lessons/{changes}") == {"07", "08"}
    assert changed("MORE = 1\n", "language_model.py") == WATCHED


@pytest.mark.slow
def test_scripts_questions_and_texts_change_the_runs_that_show_them(changed: Change):
    assert changed("// more\n", "web/widgets/race_side.js") == {"08"}
    assert changed("/* more */\n", "web/widgets/two_knobs.css") == {"05"}
    shown = changed("// more\n", "web/lib/tree.js", "web/page/host.js")
    assert shown == {"03"}  # by an import of an import
    asked = changed("# more\n", "lessons/lossy_zip/questions.toml")
    assert asked == {"00", "06"}  # the first page shows the progress in all
    assert "06" in changed("more\n\n", "fjordby/varied/wordings.txt")


def test_a_cell_takes_what_it_names(tmp_path: Path):
    start = "import llm_lessons as ll"
    assert "widgets.race" not in modules(tmp_path, start, 'll.load("fjord")')
    one = modules(tmp_path, start, "ll.Race(lm)")
    assert {"widgets.race", "lessons.per_token_compute.budget"} <= one
    assert "widgets.two_knobs" not in one
    assert "widgets.two_knobs" in modules(tmp_path, start, "show(ll)")
    deep = modules(tmp_path, start, "ll.lessons.training.fit.surprise()")
    assert "lessons.training.fit" in deep
    aliased = modules(tmp_path, "from llm_lessons.widgets import Race as R", "R()")
    assert one - {"another"} <= aliased | {"widgets"}
    starred = modules(tmp_path, "from llm_lessons.widgets import *")
    assert {"widgets.race", "widgets.two_knobs"} <= starred


@pytest.mark.parametrize(
    ("asks", "found"),
    [
        ('ll.exercise("06.1").check()', {"lossy_zip"}),
        ('name = "06.1"\nll.exercise(name)', {*LESSONS}),
        ("ask = ll.exercise", {*LESSONS}),
        ("ll.progress()", {*LESSONS}),
    ],
)
def test_a_cell_asks_for_the_exercises_of_its_own_lesson(
    tmp_path: Path, asks: str, found: set[str]
):
    used = modules(tmp_path, "import llm_lessons as ll", asks)
    asked = {
        one.split(".")[1]
        for one in used
        if re.fullmatch(r"lessons\.\w+\.exercises", one)
    }
    assert asked == found


@pytest.mark.parametrize(
    "cell",
    [
        "from importlib import import_module\nimport_module(name)",
        "__import__(f'{a}.b')",
        "%run other.py",
    ],
)
def test_where_it_can_not_be_told_everything_counts(tmp_path: Path, cell: str):
    used = modules(tmp_path, cell)
    assert {"handouts", "widgets.race", "lessons.training.fit"} <= used


def test_data_and_what_a_module_reads_beside_it_count(tmp_path: Path):
    def others(*cells: str) -> set[Path]:
        return Sources(notebook(tmp_path, *cells)).others

    plain = others("import llm_lessons as ll\nll.load()")
    assert {DATA / "fjord" / "model.safetensors", DATA / "control/sizes.json"} <= plain
    assert DATA / "fjord" / "MODEL_CARD.md" not in plain
    assert NOTEBOOKS / "glossary.md" not in plain
    told = others('import llm_lessons as ll\nll.predict("01.pieces")')
    assert NOTEBOOKS / "glossary.md" in told and lessons()[3] not in told
    counted = others('import llm_lessons as ll\ncount(ll.__file__, "model")')
    assert PACKAGE / "model" / "attention.py" in counted  # as it is written


def test_of_another_lesson_the_sentences_count_alone(tmp_path: Path):
    nb = nbformat.v4
    other = nb.new_notebook(cells=[nb.new_markdown_cell("Say."), nb.new_code_cell("1")])
    path = tmp_path / "other.ipynb"
    own = Sources(notebook(tmp_path, "1 + 1"))
    own.others = {path}

    def digest(cell: int, source: str) -> list[tuple[str, str]]:
        other.cells[cell].source = source
        nbformat.write(other, path)
        return [*own.digests()]

    before = digest(1, "1")
    assert digest(1, "2") == before != digest(0, "Say more.")


def test_what_was_measured_counts_for_the_lessons_whose_code_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("08_both_ways", "of nobody"):
        (tmp_path / f"{name}.json").write_text("{}")
    monkeypatch.setattr(sources, "_MEASURED", tmp_path)
    found = {
        number: [one.name for one in Sources(path).others if tmp_path in one.parents]
        for number, path in enumerate(lessons())
        if number in (1, 8)
    }
    assert found == {1: [], 8: ["08_both_ways.json"]}


def test_what_a_notebook_last_showed_is_no_source(tmp_path: Path):
    path = notebook(tmp_path, "1 + 1", "2 + 2")
    before = fingerprint(path)
    table = json.loads(path.read_text("utf-8"))
    table["cells"][0] |= {"execution_count": 3, "outputs": [{"output_type": "stream"}]}
    path.write_text(json.dumps(table))
    assert fingerprint(path) == before
    assert fingerprint(path, "more()") != before
    table["cells"][0]["source"] = ["1 + 2"]
    path.write_text(json.dumps(table))
    assert fingerprint(path) != before
