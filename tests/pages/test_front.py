"""The front page: every lesson with its question, and links to what exists only."""

import base64
import re
import zlib

from llm_lessons.lessons import LESSONS
from llm_lessons.pages.execution import lessons
from llm_lessons.pages.front import START, entries, front
from llm_lessons.pages.page import Lesson

EMBLEM = '<svg fill="none" aria-label="The machine at work on “a”" role="img"></svg>'
MORE = [("booklet.pdf", "The booklet: <all>")]


def machine(**state: object) -> dict:
    kind = "llm_lessons.widgets.machine.Machine"
    return {"state": {"_anywidget_id": kind, "_esm": "", "_css": "", **state}}


def test_the_map_has_every_lesson_with_its_minutes():
    names = [path.stem for path in lessons()]
    assert [*entries()] == names and names[0] == START
    assert all(one.question and one.minutes >= 10 for one in entries().values())
    assert len(names) == len(LESSONS)


def test_it_links_what_exists_only():
    made = [Lesson("00_start_here", "Start here", "", {}), Lesson("x", "X <y>", "", {})]
    whole = front(made, ["x"], MORE)
    body = whole[whole.index("<body") :]
    assert re.findall(r'href="([^"]+)"', body) == [
        "00_start_here.html",
        "x.html",
        "booklet.pdf",
        "x.pdf",
    ]
    assert "X &lt;y&gt;" in body and "The booklet: &lt;all&gt;" in body
    assert "How does a lesson work?" in body and "10 minutes" in body
    assert "python3 start.py serve" in body and "<nav" not in body


def test_a_lesson_has_its_emblem_and_the_machine_comes_along():
    states = {"small": {"state": {}}, "large": machine(text="Once")}
    made = [Lesson("02_forward_pass", "2", f"<p>Hi</p>{EMBLEM}<p>Ho</p>", states)]
    whole = front(made, [], MORE)
    assert whole.count(EMBLEM) == 1
    packed = re.search(r'<script id="states"[^>]*>(.*?)</script>', whole)
    assert packed and '{"model_id": "large"}' in whole
    known = zlib.decompress(base64.b64decode(packed[1])).decode()
    assert '"text": "Once"' in known and '"small"' not in known
    without = front([Lesson("x", "X", "", {})], [], [])
    assert "Look inside" not in without and "<svg" not in without
