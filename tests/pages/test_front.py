"""The front page: every lesson with its question, and links to what exists only."""

import re

from llm_lessons.foundation import face
from llm_lessons.lessons import LESSONS
from llm_lessons.pages.execution import lessons
from llm_lessons.pages.front import START, entries, front, paper
from llm_lessons.pages.page import Lesson
from tests.pages.test_page import unpacked


def toy(**state: object) -> dict:
    kind = "llm_lessons.widgets.chat_box.ChatBox"
    return {"state": {"_anywidget_id": kind, "_esm": "", "_css": "", **state}}


def links(whole: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', whole[whole.index("<body") :])


def test_the_front_links_lessons_with_their_questions_and_the_page_of_paper():
    names = [path.stem for path in lessons()]
    assert [*entries()] == names and names[0] == START and len(names) == len(LESSONS)
    assert all(one.question and one.minutes >= 10 for one in entries().values())
    made = [Lesson(START, "Start here", "", {}), Lesson("x", "X <y>", "", {})]
    whole = front(made)
    assert links(whole) == [f"{START}.html", "x.html", "paper.html"]
    assert "X &lt;y&gt;" in whole
    assert f"<b>{entries()[START].question}</b>" in whole and "10 minutes" in whole


def test_the_page_of_paper_links_what_exists_only():
    made = [Lesson("x", "X <y>", "", {}), Lesson("z", "Z", "", {})]
    whole = paper(made, ["x"], [("b.pdf", "The booklet: <all>", "learners")], "a4")
    assert links(whole) == ["index.html", "b.pdf", "x.pdf"]
    assert "The booklet: &lt;all&gt;" in whole and "The sheet of X &lt;y&gt;" in whole


def test_a_lesson_has_its_drawing_and_the_chat_comes_along():
    states = {"small": {"state": {}}, "large": toy(text="Hi")}
    whole = front([Lesson(START, "Chat", "<p>Hi</p>", states)])
    assert face.drawing(START) in whole
    assert '{"model_id": "large"}' in whole
    known, _ = unpacked(whole)
    assert '"text": "Hi"' in known and '"small"' not in known
    assert 'id="toy"' not in front([Lesson("x", "X", "", {"large": toy()})])
