"""The widgets in a real JupyterLab: by keyboard and by mouse, down to Python."""

import ast
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.made_page import drag
from tests.browser.notebook_page import run_cell
from tests.web.test_parity import reference
from tests.widgets.stand_in import StandIn

CODE = (Path(__file__).parents[1] / "widgets" / "stand_in.py").read_text()
READ = "(widget.prompt, widget.temperature, widget.top_k, widget.top_p, widget.drawn)"


def next_token(size=1024, **settings):
    """The cells of a small notebook: the stand-in, the widget, one to look at it."""
    arguments = "".join(f", {name}={value!r}" for name, value in settings.items())
    return [
        f"{CODE}\nfrom llm_lessons.widgets import NextToken",
        f"widget = NextToken(StandIn({size}){arguments})\nwidget",
        READ,
    ]


def bars(page: Page) -> list[str]:
    """The percentages of all bars, the last one being everything else."""
    return page.locator(
        ".ll-bars tbody tr:visible td > span:last-child"
    ).all_inner_texts()


def as_percent(probability: float) -> str:
    """As the widget writes it."""
    if 0 < probability < 0.001:
        return "<0.1\u00a0%"
    return f"{100 * probability:.1f}\u00a0%".replace("100.0", "100")


def test_the_next_token_by_keyboard_and_mouse(open_notebook):
    page = open_notebook(next_token(prompt="Once"))
    the_prompt_is_the_learners(page)
    the_coin_writes_a_text(page)
    sliders_move_bars_and_python(page)


def the_prompt_is_the_learners(page: Page) -> None:
    box, message = page.get_by_label("Text so far"), page.locator(".ll-message")
    before = bars(page)
    box.click()
    page.keyboard.press("End")
    page.keyboard.type(" upon a dd xx time")  # d d and x are JupyterLab's shortcuts
    expect(page.locator(".ll-stale")).to_have_count(0)
    page.wait_for_function(
        "before => document.querySelector('.ll-bars tbody').innerText !== before",
        arg="\n".join(before),
    )
    assert ast.literal_eval(run_cell(page, 2))[0] == "Once upon a dd xx time"

    shown = bars(page)
    box.fill("")
    expect(message).to_have_text("The prompt is empty; write at least one letter.")
    expect(page.locator(".ll-chances")).to_have_class(re.compile("ll-stale"))
    assert bars(page) == shown
    box.fill("x" * 100_000)
    expect(message).to_have_text("The prompt has 100,000 letters; 500 fit.")
    assert len(box.input_value()) == 100_000
    for prompt in ("<script>alert(1)</script>", "👩‍🚀 \t\u0007 ok", "two\nlines"):
        box.fill(prompt)
        expect(message).to_be_empty()
        expect(page.locator(".ll-stale")).to_have_count(0)
        # JupyterLab holds a message back while the one before is on its way.
        assert any(ast.literal_eval(run_cell(page, 2))[0] == prompt for _ in range(20))


def the_coin_writes_a_text(page: Page) -> None:
    flip = page.get_by_role("button", name="Flip the coin")
    add = page.get_by_role("button", name="Add it to the text")
    expect(add).to_have_attribute("aria-disabled", "true")
    box, result = page.get_by_label("Text so far"), page.locator(".ll-coin p")
    added = 0
    while added < 3:
        flip.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".ll-drawn")).to_have_count(1)
        expect(result).to_contain_text(" fell on “")
        if add.get_attribute("aria-disabled") == "true":
            continue  # it fell on a byte, which is no text of its own
        before = box.input_value()
        drawn = ast.literal_eval(run_cell(page, 2))[4]
        add.click()
        expect(page.locator(".ll-stale")).to_have_count(0)
        expect(page.locator(".ll-drawn")).to_have_count(0)
        assert box.input_value().startswith(before)
        prompt, *_, now = ast.literal_eval(run_cell(page, 2))
        assert (prompt, now) == (box.input_value(), None)
        assert drawn is not None
        added += 1


def sliders_move_bars_and_python(page: Page) -> None:
    slider = page.get_by_label("Temperature")
    before = bars(page)
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect(slider).to_have_value("0.8")
    expect(slider).to_have_attribute("aria-valuetext", "0.80, sharper odds")
    assert ast.literal_eval(run_cell(page, 2))[1] == 0.8
    assert bars(page) != before

    drag(page, slider, 0.3, 0.6)
    assert 1.7 <= float(slider.input_value()) <= 1.9

    page.get_by_text("Cut off the unlikely").click()
    for name, key, times in (("Top-k", "Home", 1), ("Top-k", "ArrowRight", 4)):
        page.get_by_label(name).focus()
        for _ in range(times):
            page.keyboard.press(key)
    page.get_by_label("Top-p").focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    expect(page.locator(".ll-cut")).not_to_have_count(0)
    prompt, temperature, top_k, top_p, _ = ast.literal_eval(run_cell(page, 2))
    assert (temperature, top_k, top_p) == (float(slider.input_value()), 5, 0.9)
    kept = page.locator(".ll-bars tr:visible:not(.ll-cut) td > span:last-child")
    odds = reference(StandIn().logits(prompt), temperature, top_k, top_p)
    python = sorted(odds[odds > 0].tolist(), reverse=True)
    assert kept.all_inner_texts() == [as_percent(p) for p in python]


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
@pytest.mark.parametrize("size", [1024, 49_152])
def test_a_slider_redraws_the_bars_at_once(open_notebook, size):
    """Held to the time of a frame, for the machine may be busy."""
    frame, redraw = open_notebook(next_token(size)).evaluate(TIMES)
    assert redraw < 3 * frame + 16, f"{redraw:.1f} ms, a frame {frame:.1f}"
