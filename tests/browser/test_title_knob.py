"""The knob at a title is the toy's: it turns the temperature, and turns with it."""

from ipywidgets.embed import dependency_state
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import expect

from llm_lessons.pages.page import STATE, VIEW, lesson, page
from llm_lessons.widgets import NextToken
from tests.browser.made_page import opened
from tests.widgets.stand_in import StandIn


def test_the_knob_at_the_title_and_the_slider_are_one(tmp_path, new_page):
    toy = NextToken(StandIn(), "Once")
    shown = new_output("display_data", data={VIEW: {"model_id": toy.model_id}})
    state = {"state": dependency_state([toy], drop_defaults=False)}
    notebook = new_notebook(
        cells=[new_markdown_cell("# Heat"), new_code_cell("show()", outputs=[shown])],
        metadata={"widgets": {STATE: state}},
    )
    made = page("Heat", [lesson("04_temperature", notebook)])
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
