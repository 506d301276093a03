"""A model of one's own words: trained, stopped, kept and opened, without a kernel."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from llm_lessons.language_model.loading import load
from llm_lessons.widgets import TrainYourOwn
from tests.browser.made_page import button, fits_a_phone, no_barriers, press

WORDS = """lemon
melon
salmon
common
summon
sermon
demon
cinnamon
almond
diamond
lemonade
salamander"""
BOX = "One name, word or line in each row"
FILE = "Open a file: text, or a model that you kept"
# Files that are no list: what else can't be learned from is in train_your_own_test.js.
REFUSED = {
    b"one word more\n" * 80_000: "Keep a part of it.",
    b'{"format":"llm-lessons-own-1"}': "can't be opened",
}
LOSS = "document.querySelector('.ll-yours .ll-status').textContent"
LEARNED = f"() => parseFloat({LOSS}.split('Loss: ')[1]) < 1.5"
BY_HEART = "() => /heart: [1-9]/.test(document.querySelector('.ll-yours').textContent)"


def status(page: Page) -> Locator:
    return page.locator(".ll-yours .ll-status")


def samples(page: Page) -> Locator:
    return page.locator(".ll-own-samples li:visible")


def trained(page: Page) -> None:
    """Train on twelve words, by keys, until some are known by heart; stop."""
    page.get_by_label(BOX).fill(WORDS)
    expect(page.get_by_label("List", exact=True)).to_have_value("your own lines")
    rate = page.get_by_role("slider", name="Learning rate")
    for _ in range(2):  # ten times the usual: it takes some seconds
        rate.press("ArrowRight")
    expect(page.locator(".ll-yours output")).to_have_text("0.01")
    button(page, "Train").press("Enter")
    expect(button(page, "Stop")).to_be_visible()
    expect(status(page)).to_contain_text("It learns from 11 lines")
    expect(samples(page)).to_have_count(10)
    page.wait_for_function(LEARNED)
    page.wait_for_function(BY_HEART)
    button(page, "Stop").press("Enter")
    expect(status(page)).to_contain_text("Stopped: its knobs stay.")


def test_twelve_words_are_learned_kept_and_opened_again(open_page, tmp_path: Path):
    page = open_page(TrainYourOwn(), width=820, offline=True)
    own = page.get_by_label(BOX)
    expect(own).to_have_value(re.compile("^Aldersund\n"))
    promise = "What you type stays on this device."
    expect(page.locator(".ll-own-box")).to_contain_text(promise)
    trained(page)
    assert len(page.workers) == 1
    spoken = page.locator(".ll-own-parts > [role=status]")
    expect(spoken).to_contain_text("or it goes with the page. It writes: ")
    assert page.locator(".ll-yours canvas").evaluate("node => node.width") > 96
    for curve in page.locator(".ll-curve").all():
        assert len(re.findall("[ML]", curve.get_attribute("d") or "")) > 2
    found = re.search(r"Step [\d,]+\.", status(page).inner_text())
    assert found

    with page.expect_download() as got:
        press(page, "Keep it in a file")
    assert got.value.suggested_filename == "mine.json"
    got.value.save_as(tmp_path / "mine.json")
    assert load(tmp_path / "mine.json").next_token("lemo", top=1).rows[0][0] == "n"
    page.reload()
    page.locator("[data-ready]").wait_for()
    page.get_by_label(FILE).set_input_files(tmp_path / "mine.json")
    expect(own).to_have_value(re.compile("lemonade"))
    expect(samples(page)).to_have_count(5)
    press(page, "Write five more")  # the knobs stay as they are
    expect(samples(page)).to_have_count(10)
    expect(status(page)).to_contain_text(found[0])
    press(page, "Go on")
    expect(status(page)).not_to_contain_text(found[0])
    press(page, "Stop")
    press(page, "Start again")
    expect(status(page)).to_contain_text(re.compile(r"Step \d+\."))
    press(page, "Stop")
    expect(button(page, "Go on")).to_be_visible()
    own.press_sequentially("walnut ")
    expect(button(page, "Train")).to_be_visible()  # these are other lines
    lists = page.get_by_label("List", exact=True)
    lists.select_option("Dogs")
    expect(own).not_to_have_value(re.compile("walnut"))
    lists.select_option("your own lines")
    expect(own).to_have_value(re.compile("walnut"))

    # no list, and no model
    for content, said in REFUSED.items():
        (tmp_path / "given.txt").write_bytes(content)
        page.get_by_label(FILE).set_input_files(tmp_path / "given.txt")
        expect(page.get_by_role("alert")).to_contain_text(said)
        expect(own).to_have_value(re.compile("walnut"))


def test_on_a_phone_without_workers_it_trains_in_the_page(open_page):
    page = open_page(TrainYourOwn(), width=360, height=740, reduced_motion="reduce")
    page.add_init_script("delete window.Worker")
    page.reload()
    page.locator("[data-ready]").wait_for()
    trained(page)
    assert not page.workers
    fits_a_phone(page)
    no_barriers(page, within=".ll-yours")
