"""A chat with Fjord as one file: it works from a disk, without a room or a network."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from llm_lessons import load
from llm_lessons_room.content.home import home_page
from tests.browser.made_page import fits_a_phone, no_barriers, opened
from tests.browser.room_looks import PHONE
from tests.rest import rest


@pytest.mark.parametrize("code", ["en", *rest("nb")])
def test_fjord_is_taken_home_in_one_file(code: str, tmp_path: Path, new_page):
    path = tmp_path / "fjord.html"
    path.write_text(home_page(load("fjord"), code), encoding="utf-8")
    assert "src=" not in re.sub(r"<script>.*?</script>", "", path.read_text("utf-8"))
    page = opened(tmp_path, new_page, "fjord", **PHONE, is_mobile=True)
    expect(page.locator("html")).to_have_attribute("lang", code)
    field = page.get_by_role("textbox").first
    field.fill("What is my name?")
    field.press("Enter")
    expect(page.locator("body")).to_contain_text("Your name is Ida", timeout=60_000)
    fits_a_phone(page)
    no_barriers(page)
