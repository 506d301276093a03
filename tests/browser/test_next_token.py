"""The odds of the next token in a page without a kernel: a handout, a phone."""

import re

import pytest
from playwright.sync_api import expect

from llm_lessons.foundation import languages
from llm_lessons.lessons.questions import Choice, Question
from llm_lessons.pages.page import page as page_of
from llm_lessons.widgets import NextToken, Predict
from tests.browser.made_page import opened, press
from tests.browser.static_page import small_lesson
from tests.pages.test_told import NAME, written
from tests.widgets.stand_in import StandIn

CHOICES = (
    Choice("Ten different stories", False, "Nothing is left to chance."),
    Choice("The same story ten times", True, "The same <b>winner</b>, ten times."),
)
QUIZ = Question("99.ten", "Which?", CHOICES)
BLUE = {"light": "rgb(0, 114, 178)", "dark": "rgb(86, 180, 233)"}
LONGEST = """bars => Math.max(
    ...bars.map(bar => bar.offsetWidth / bar.parentNode.offsetWidth))"""
COUNTS = """() => [...document.querySelectorAll('.ll-tally:not([hidden]) b')].map(
    node => Number(node.textContent))"""
# What a press at a low coin's number meets before the needle has fallen.
MET_AT_NUMBER = """() => {
    const needle = document.querySelector('.ll-needle');
    needle.style.left = '5%';
    needle.classList.remove('ll-at-right');
    needle.animate({ transform: ['translateY(-24px)', 'translateY(-24px)'] }, 1e6);
    const at = needle.firstChild.getBoundingClientRect();
    return document.elementFromPoint(at.x + at.width / 2, at.y + 4).textContent;
}"""
TOLD = {
    "Flip the coin": "Kast mynten",
    "Temperature": "Temperatur",
    "Entropy {1} bits: worth {2} equal choices": "Entropi {1} bit: {2} like valg",
    "cat": "katt",
    "All lessons": "Alle leksjoner",
}


def test_flips_are_a_tally_until_the_odds_change(open_page):
    page = open_page(NextToken(StandIn(), "Once"), width=820, reduced_motion="reduce")
    needle, result = page.locator(".ll-needle"), page.locator(".ll-coin p")
    expect(needle).to_be_hidden()
    press(page, "Flip it ten times")
    expect(result).to_contain_text("Flip 10 fell on")
    expect(page.locator(".ll-coins i")).to_have_count(9)  # the tenth has the needle
    assert page.evaluate(MET_AT_NUMBER) == "Flip the coin"
    press(page, "Flip the coin")
    expect(result).to_contain_text("Flip 11 fell on")
    expect(needle).to_be_visible()
    assert sum(page.evaluate(COUNTS)) == 11
    coin = re.search(r"at (0\.\d{3})\.", result.inner_text())
    assert coin
    fell = rf"fell at {coin[1]}, on “.+”, from (0\.\d+) to ([01]\.\d+)\.$"
    strip = page.locator(".ll-coin-strip")
    expect(strip).to_have_attribute("aria-label", re.compile(fell))
    expect(page.locator(".ll-drawn [scope=row] ~ td .ll-unseen")).to_have_text(
        re.compile(r"^drawn, \d+ of 11 flips, $")
    )
    page.get_by_label("Temperature").press("ArrowLeft")
    expect(needle).to_be_hidden()
    expect(page.locator(".ll-drawn")).to_have_count(0)
    assert page.evaluate(COUNTS) == []
    scale, enlarge = page.locator(".ll-bar-scale"), page.get_by_label("Enlarge")
    enlarge.check()
    expect(scale).not_to_contain_text("100")
    longest = page.locator(".ll-bars tr .ll-bar").evaluate_all(LONGEST)
    assert 0.5 < longest <= 1.01
    enlarge.uncheck()
    expect(scale).to_contain_text("100")


def test_it_speaks_follows_the_readers_colours_and_prints_in_black(open_page):
    widget = NextToken(StandIn(), "Once", temperature=0.8, top_k=5)
    page = open_page(widget, Predict(QUIZ), width=700)
    for name in ("Text so far", "Temperature", "Top-k", "Top-p"):
        # or JupyterLab would take its keys for shortcuts
        control = page.get_by_label(name)
        expect(control).to_have_attribute("data-lm-suppress-shortcuts", "true")
    expect(page.get_by_label("Top-k")).to_have_attribute(
        "aria-valuetext", "only the likeliest 5 tokens"
    )
    expect(page.get_by_role("row").nth(9)).to_contain_text("cut, was")
    heard = page.locator(".ll-next-token .ll-unseen[role=status]")
    expect(heard).to_contain_text("Likeliest: “")

    for scheme, blue in BLUE.items():
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(".ll-bar").first).to_have_css("background-color", blue)
    page.get_by_role("radio", name="The same story ten times").click()
    expect(page.locator(".ll-picked")).to_contain_text("✓ Right. The same <b>")

    box, message = page.get_by_label("Text so far"), page.locator(".ll-message")
    box.fill("Once upon")
    expect(message).to_contain_text("so the bars stay with “Once”")
    page.get_by_label("Temperature").press("Home")  # which asks nobody
    said = "Entropy 0.00 bits: worth 1 choice"
    expect(page.locator(".ll-entropy")).to_have_text(said)
    box.fill("Once")
    expect(message).to_be_empty()

    page.emulate_media(media="print", color_scheme="light")
    expect(page.locator(".ll-bar").first).to_have_css("border-top-width", "1px")
    expect(page.locator(".ll-slider output").first).to_be_visible()
    for hidden in ("Flip the coin", "Add it to the text", "The same <b>winner"):
        expect(page.get_by_text(hidden)).to_be_hidden()
    expect(page.get_by_role("slider")).to_have_count(0)


def test_it_speaks_another_language_and_turns_with_the_knob_at_the_title(
    new_page, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(languages, "CATALOGS", tmp_path)
    written(tmp_path, TOLD)
    one = small_lesson(NAME, "# Title", "## Play", (NextToken(StandIn(), "Once"),))
    html = page_of("Title", [one], language="nb")
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    page = opened(tmp_path, new_page, "page", width=820)
    page.get_by_role("link", name="Alle leksjoner").wait_for()
    said, slider = page.locator(".ll-entropy"), page.get_by_label("Temperatur")
    like = re.compile(r"^Entropi [\d.]+ bit: [\d.]+ like valg$")
    expect(said).to_have_text(like)
    first = said.inner_text()
    needle = page.locator(".ll-title-needle")
    slider.press("End")
    expect(needle).to_have_attribute("transform", "rotate(120 48 52)")
    expect(said).not_to_have_text(first)
    expect(said).to_have_text(like)
    press(page, "Kast mynten")
    page.get_by_text("Flip 1 fell on").wait_for()  # what nobody has translated
    assert "katt" not in page.locator(".ll-bars").inner_text()

    box = page.locator(".ll-title-knob").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y - 20)
    page.mouse.down()
    expect(slider).to_have_value("1.5")
    page.mouse.move(x - 20, y - 0.2)
    page.mouse.up()
    expect(slider).to_have_value("0.4")


# Medians of the milliseconds until a frame, and until the bars show a moved slider.
TIMES = """async () => {
  const slider = document.querySelector('.ll-slider input');
  const bars = document.querySelector('.ll-bars tbody');
  const all = { attributes: true, characterData: true, childList: true, subtree: true };
  const redrawn = () => new Promise((done) =>
    new MutationObserver((_, seen) => (seen.disconnect(), done())).observe(bars, all));
  const [frames, redraws] = [[], []];
  for (let i = 0; i < 40; i += 1) {
    let began = performance.now();
    await new Promise(requestAnimationFrame);
    frames.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, 50 * Math.random()));
    began = performance.now();
    slider.value = String(0.5 + i % 3);
    slider.dispatchEvent(new Event('input'));
    await redrawn();
    redraws.push(performance.now() - began);
  }
  return [frames, redraws].map((times) => times.sort((a, b) => a - b)[20]);
}"""


@pytest.mark.alone
def test_a_slider_redraws_the_bars_of_a_real_models_tokens_at_once(open_page):
    """Held to the time of a frame, for the machine may be busy."""
    frame, redraw = open_page(NextToken(StandIn(49_152), "Once")).evaluate(TIMES)
    assert redraw < 3 * frame + 16, f"{redraw:.1f} ms, a frame {frame:.1f}"
