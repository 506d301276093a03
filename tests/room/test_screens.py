"""The pages of a room: whole, and with a text for all that they say."""

import json
import re

import pytest

from llm_lessons.foundation.languages import languages
from llm_lessons_room.content.screens import EARLY, SCREENS, bundled, screen_page
from llm_lessons_room.content.texts import words

# A key as it is written, or with a part that is filled in: tell(`link_${state}`).
_WRITTEN = re.compile(r'"([a-z]+(?:_[a-z]+)*)"')
_TOLD = re.compile(r'\btell\(\)?\(?"(\w+)"')
_FILLED = re.compile(r"`(\w+)\$\{")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_page_is_one_file_that_asks_for_nothing(screen):
    page = screen_page(screen)
    assert not re.search(r"\{\{ \w+ \}\}", page)
    assert not re.search(r"""(src|href)=["'](?!data:)""", page)
    assert not re.search(r"@import (?!\{)|\burl\((?!#|\"data:)", page)
    outside = set(re.findall(r"https?://[\w./-]+", page))
    assert outside <= {"http://www.w3.org/2000/svg", "http://", "https://"}
    assert page.count("</script>") == 2
    assert len(page) < 320_000  # with what trains a model of letters in it
    early = re.search(r'<script id="early"[^>]*>(.*?)</script>', page)
    assert early and json.loads(early[1]).keys() == languages().keys()
    for told in json.loads(early[1]).values():
        assert {"page_title", "link_lost"} <= told.keys()
        assert all(key.startswith(EARLY) for key in told)


@pytest.mark.parametrize("screen", SCREENS)
def test_all_that_a_page_says_has_a_text_and_no_text_is_left_over(screen):
    script, _ = bundled(screen)
    # Safari 15 knows no look-behind: one, and nothing of a script runs
    assert not re.findall(r"\(\?<[=!]|\.to(?:Sorted|Reversed|Spliced)\(", script)
    told, keys = set(_TOLD.findall(script)), words()[screen].keys()
    assert len(told) > 20 and told <= keys
    # a key is written in the page's script, or its beginning is
    written, beginnings = set(_WRITTEN.findall(script)), tuple(_FILLED.findall(script))
    assert [one for one in keys - written if not one.startswith(beginnings)] == []
