"""What the widgets do later, by a clock that the test sets."""

import pytest
from playwright.sync_api import Page

from llm_lessons.widgets.assets import joined


@pytest.fixture
def page(new_page) -> Page:
    """An empty page whose clock stands still."""
    page = new_page()
    page.clock.install(time=0)
    page.clock.pause_at(3600)
    page.evaluate(
        f"""() => {{
            {joined("dom.js", "timers.js")}
            Object.assign(window, {{ later, announcer, patience, did: 0 }});
        }}"""
    )
    return page


def test_only_the_last_word_is_read_out_once_all_is_quiet(page):
    page.evaluate("() => { window.heard = announcer(); heard.say('one'); }")
    page.clock.run_for(599)
    page.evaluate("() => heard.say('two')")
    page.clock.run_for(599)
    assert page.evaluate("heard.node.textContent") == ""
    page.clock.run_for(1)
    assert page.evaluate("heard.node.textContent") == "two"
    page.evaluate("() => { heard.say('three'); heard.stop(); }")
    page.clock.run_for(10_000)
    assert page.evaluate("heard.node.textContent") == "two"


def test_each_request_is_waited_for_anew(page):
    page.evaluate("() => { window.answer = patience(() => { did += 1; }); }")
    assert page.evaluate("answer.isOver('a')") is False
    page.clock.run_for(2000)
    assert page.evaluate("answer.isOver('a')") is False  # asking again gives no more
    page.clock.run_for(1000)
    assert page.evaluate("[answer.isOver('a'), did]") == [True, 1]
    assert page.evaluate("answer.isOver('b')") is False
    page.evaluate("answer.stop()")
    page.clock.run_for(10_000)
    assert page.evaluate("did") == 1


def test_what_is_due_can_be_done_now_and_is_not_done_again(page):
    page.evaluate("() => { window.due = later(50, () => { did += 1; }); due.start(); }")
    assert page.evaluate("due.isDue()")
    page.evaluate("due.now()")
    page.clock.run_for(1000)
    assert page.evaluate("[did, due.isDue()]") == [1, False]
