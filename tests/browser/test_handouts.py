"""The handouts as they are taken home: in the dark, and on paper."""

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from llm_lessons.lessons.exercises import EXERCISES
from llm_lessons.pages.execution import lessons
from llm_lessons.pages.printing import find_browser, print_pdf
from llm_lessons.pages.writing import pdf_of
from llm_lessons_room import handouts
from llm_lessons_room.content.kit import Settings
from tests.browser.made_page import no_barriers, opened

NAMES = [path.stem for path in lessons()]
OTHERS = ["index", "glossary", "facilitator", "answers"]
pytestmark = pytest.mark.rest  # all handouts, which are printed first


@pytest.fixture(scope="session")
def made(browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All handouts; lessons that other tests have run are not run again."""
    out = tmp_path_factory.mktemp("handouts")
    stopped: list[str] = []
    for path in handouts.write_all(out, Settings(), only_kit=False, left_out=stopped):
        print_pdf(path, pdf_of(path), find_browser())
    assert not stopped
    return out


def test_pages_in_the_dark_have_no_barriers_and_links_lead_somewhere(made, new_page):
    page = opened(made, new_page, "index", width=900, color_scheme="dark")
    for name in [*NAMES, *OTHERS]:
        page.goto((made / f"{name}.html").as_uri())
        page.locator("[data-ready]").wait_for()
        no_barriers(page)
    for path in made.glob("*.html"):
        body = re.sub(r"<script.*?</script>", "", path.read_text(), flags=re.DOTALL)
        ids = set(re.findall(r'id="([^"]+)"', body))
        for target in re.findall(r'href="([^"]+)"', body):
            if re.match(r"https?:|data:", target):
                continue
            file, _, fragment = target.partition("#")
            assert not file or (made / file).exists(), (path.name, target)
            assert file or not fragment or fragment in ids, (path.name, target)


def test_paper_has_its_sides_and_no_answer_is_torn_from_its_question(made):
    """A leaf with the contents, and one for each lesson but the first; a side each."""
    booklet, coders = (PdfReader(made / f"{one}.pdf") for one in ("booklet", "coders"))
    assert (len(booklet.pages), len(coders.pages)) == (2 * len(NAMES), len(NAMES))
    for place, name in enumerate(NAMES[1:], 1):
        for side in booklet.pages[2 * place : 2 * place + 2]:
            assert f" {int(name[:2])} · " in side.extract_text()

    assert len(PdfReader(made / "machine.pdf").pages) == 4

    pages = PdfReader(made / "answers.pdf").pages
    sides = ["".join(page.extract_text().split()) for page in pages]
    assert len(sides) > 1
    for one in EXERCISES:
        code = "".join(one.solution().code.split())
        assert any(one.number in side and code in side for side in sides), one.number
