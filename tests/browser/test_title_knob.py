"""The knob at a title is the toy's: it turns the temperature, and turns with it."""

from playwright.sync_api import expect

from llm_lessons.pages.page import page
from llm_lessons.widgets import NextToken
from tests.browser.made_page import opened
from tests.browser.static_page import small_lesson
from tests.widgets.stand_in import StandIn


def test_the_knob_at_the_title_and_the_slider_are_one(tmp_path, new_page):
    toy = NextToken(StandIn(), "Once")
    made = page("Heat", [small_lesson("04_temperature", "# Heat", (toy,))])
    (tmp_path / "page.html").write_text(made, encoding="utf-8")
    own = opened(tmp_path, new_page, "page", width=820)
    slider, needle = own.get_by_label("Temperature"), own.locator(".ll-title-needle")
    heights = own.locator(".ll-drawing rect").evaluate_all
    seen = "(bars) => bars.map((bar) => Number(bar.getAttribute('height')))"

    slider.press("Home")
    expect(needle).to_have_attribute("transform", "rotate(-120 48 52)")
    assert heights(seen) == [58, 2, 2, 2]
    slider.press("End")
    expect(needle).to_have_attribute("transform", "rotate(120 48 52)")
    assert min(heights(seen)[:2]) > 20

    box = own.locator(".ll-title-knob").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    own.mouse.move(x, y - 20)
    own.mouse.down()
    expect(slider).to_have_value("1.5")
    own.mouse.move(x - 20, y - 0.2)
    own.mouse.up()
    expect(slider).to_have_value("0.4")
