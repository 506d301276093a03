"""The page for who leads without Python: what it names can be clicked on."""

import re

from llm_lessons.foundation.paths import ROOT, TEXTS
from llm_lessons.pages.leader import leader
from llm_lessons_starter.release import CLICKED

SOURCE = (TEXTS / "lead.md").read_text(encoding="utf-8")


def test_each_file_of_the_zip_is_a_link():
    named = set(re.findall(r"`((?:english|lessons|norsk)/[^`]+)`", SOURCE))
    linked = set(re.findall(r'<a href="((?:english|lessons|norsk)/[^"]+)">', leader()))
    assert named == linked and len(named) > 5


def test_nobody_has_to_type():
    assert "start.py" not in SOURCE and not re.search(r"^(    |```)", SOURCE, re.M)
    for name in CLICKED:
        assert f"`{name}`" in SOURCE and (ROOT / name).is_file()
