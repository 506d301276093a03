"""Pages as a site: what others see of them, what is kept, what comes when."""

import json
import re
from pathlib import Path

import pytest
from matplotlib import pyplot as plt

from llm_lessons.pages import site
from llm_lessons.pages.front import LEAD, entries
from llm_lessons.pages.page import Lesson, page
from llm_lessons.pages.printing import find_browser, take_picture

ADDRESS = "https://example.org/lessons"
NAME = "04_temperature"
STATES = {
    "one": {"state": {"_lm_name": "fjord", "_esm": "", "_css": ""}, "buffers": []}
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lesson's page, the front page, and what lies beside them."""
    one = Lesson(NAME, "4 · Temperature & co", "<p>Hi</p>", STATES)
    texts = {
        f"{NAME}.html": page(one.title, [one]),
        "index.html": page("LLM Lessons", []),
        "answers.html": page("Answers", []),
        "fjord.js": "offer()",
        "sheet.pdf": "%PDF",
        ".hidden": "",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "installed").write_bytes(b"GGUF")
    monkeypatch.setattr(site, "packaged", lambda *_: tmp_path / "installed")
    return tmp_path


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, str]]:
    """What pictures are asked for, none of which is drawn."""
    found: dict[str, tuple[str, str]] = {}
    monkeypatch.setattr(site, "draw_previews", lambda _, told: found.update(told))
    return found


def tags(text: str) -> dict[str, str]:
    return dict(
        re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', text)
    )


def test_a_link_to_a_lesson_shows_its_title_question_and_drawing(folder, drawn):
    site.make_site(folder, ADDRESS + "/")
    about = tags((folder / f"{NAME}.html").read_text("utf-8"))
    assert about["og:title"] == "4 · Temperature &amp; co"
    assert about["og:description"] == about["description"] == entries()[NAME].question
    assert about["og:url"] == f"{ADDRESS}/{NAME}.html"
    assert about["og:image"] == f"{ADDRESS}/{NAME}.png"
    front = tags((folder / "index.html").read_text("utf-8"))
    assert front["og:url"] == f"{ADDRESS}/" and front["description"] == LEAD
    assert set(drawn) == {NAME}
    lines = (folder / "robots.txt").read_text("utf-8").splitlines()
    assert "Allow: /" in lines and "Disallow: /answers." in lines
    # a site in a folder of a host has no robots.txt that anybody reads
    texts = {path.stem: path.read_text("utf-8") for path in folder.glob("*.html")}
    assert {name for name in texts if "robots" in tags(texts[name])} == {"answers"}
    assert tags(texts["answers"])["og:image"] == f"{ADDRESS}/index.png"


def test_without_an_address_no_picture_is_drawn(folder, drawn):
    site.make_site(folder)
    text = (folder / f"{NAME}.html").read_text("utf-8")
    assert "og:" not in text and 'name="description"' in text and not drawn
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)  # nothing of elsewhere

    # Fjord comes with the first toy that is seen
    assert '<script data-later="fjord.js" data-model="fjord">' in text
    assert 'src="fjord.js"' not in text


def test_the_real_model_lies_beside_the_pages_and_is_not_kept_twice(folder, drawn):
    site.make_site(folder)
    assert (folder / site.FILE).read_bytes() == b"GGUF"
    script = (folder / site.WORKER).read_text("utf-8")
    files = json.loads(script[script.rindex("serveSite(") + 10 : script.rindex(")")])
    pages = {f"{NAME}.html", "index.html", "answers.html"}
    assert set(files) == pages | {"fjord.js", "sheet.pdf"}
    (folder / "fjord.js").write_text("another()")
    assert site.service_worker(folder) != script


@pytest.mark.slow
def test_a_preview_has_the_size_that_others_ask_for(tmp_path: Path):
    browser = find_browser()
    page, png = tmp_path / "a.html", tmp_path / "a.png"
    text = site.preview_page(NAME, "4 · Temperature", entries()[NAME].question)
    page.write_text(text, encoding="utf-8")
    take_picture(page, png, browser, site.WIDTH, site.HEIGHT)
    picture = plt.imread(png)[:, :, :3]
    assert picture.shape[:2] == (site.HEIGHT, site.WIDTH)
    # the drawing stands on the left, words on the right
    ink = abs(picture - picture[5, 5]).sum(axis=2) > 0.5
    assert ink[:, :530].any() and ink[:, 600:].any()
