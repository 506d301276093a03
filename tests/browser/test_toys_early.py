"""The toys of lessons 1 to 5, each alone in a page without a kernel."""

import math
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.forward_pass import inside, knobs
from llm_lessons.lessons.forward_pass.knobs import Weight
from llm_lessons.text.tokenizers import train_sentencepiece
from llm_lessons.widgets import GrowingVocabulary, TwoKnobs
from llm_lessons.widgets.two_runs import LENGTH
from tests import tiny
from tests.browser.made_page import press
from tests.browser.notebook_page import TWO_FRAMES
from tests.browser.shown import odds_are, probability, texts_of_runs
from tests.browser.toys import PLACE, SEED, TEXT

MANY = 380  # tokens in the vocabulary that the slider goes through
HEAD = (4, 2)
LOOKS = (5, 1)  # at the name
TRAINED = "This is the model as it was trained."
SHARES = {"and": 0.8, "but": 0.12, "then": 0.08}


def pieces(page: Page) -> list[str]:
    """What stands between the borders that are drawn among the letters."""
    found: list[str] = []
    for letter in page.locator(".ll-letter").all():
        if "ll-begins" in (letter.get_attribute("class") or ""):
            found.append("")
        found[-1] += letter.locator("bdi").inner_text()
    return found


def test_a_vocabulary_grows(open_page):
    grown = GrowingVocabulary(train_sentencepiece(tiny.TEXTS, MANY), "The fox ran.")
    page = open_page(grown, width=820)
    slider = page.get_by_label("Tokens in the vocabulary")
    count = page.locator(".ll-token-strip section .ll-count")
    expect(count).to_have_text("12 tokens")
    slider.press("ArrowRight")
    text = re.compile(f"^{grown.fewest + 1}; the text takes ")
    expect(slider).to_have_attribute("aria-valuetext", text)
    slider.press("End")
    expect(page.locator(".ll-latest code")).to_have_count(6)
    assert len(pieces(page)) < 8
    page.get_by_label("Your text").fill("The fox\nfox 🦊")
    expect(page.locator(".ll-letter").last).to_contain_text("⟨0x8A⟩")
    assert pieces(page)[:4] == ["The", "␣fox", "↵", "fo"]
    page.get_by_label("Your text").fill("a" * 500)
    expect(page.locator(".ll-message")).to_contain_text("Only the first 400 characters")
    slider.press("Home")
    expect(count).to_have_text("400 tokens")


def head(page: Page, layer: int, number: int) -> Locator:
    name = f"Silence layer {layer + 1}, head {number + 1}, which"
    return page.get_by_role("button", name=name)


def test_a_head_shows_where_it_looks_and_goes_off(open_page, machine):
    """By mouse, by keyboard, and by a finger that points first and presses then."""
    lm = load("fjord")
    page = open_page(machine, width=760, height=650, has_touch=True)
    known = inside.read(lm, TEXT)
    seen, result = page.locator(".ll-seen"), page.locator(".ll-result")
    odds_are(page, ".ll-machine", known.odds[-1])
    name = lm.tokenizer.pieces.index(" Julia")
    share = known.looks[*LOOKS, -1][known.tokens.index(name)]
    head(page, *LOOKS).hover()
    expect(seen).to_contain_text(f"looks at: “␣Julia” {100 * share:.0f}\u00a0%")
    head(page, *LOOKS).click()
    expect(head(page, *LOOKS)).to_have_attribute("aria-pressed", "true")
    expect(result).to_contain_text("1 head is off.")
    odds_are(page, ".ll-machine", inside.read(lm, TEXT, [LOOKS]).odds[-1])
    press(page, "All heads on")
    expect(result).to_contain_text("All heads are on.")
    odds_are(page, ".ll-machine", known.odds[-1])

    head(page, 0, 0).focus()
    for key in ["ArrowUp"] * 5 + ["ArrowRight", "ArrowDown", "ArrowRight"]:
        page.keyboard.press(key)
    expect(head(page, *HEAD)).to_be_focused()
    expect(seen).to_contain_text("layer 5, head 3 looks at:")
    page.keyboard.press("Space")
    spoken = page.locator(".ll-told .ll-unseen[role=status]")
    expect(spoken).to_contain_text("1 head is off.")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    last = len(lm.encode(TEXT)) - 1
    expect(page.locator(".ll-column").nth(last)).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(seen).to_contain_text("At “␣Julia”, seen from “␣day”:")
    page.keyboard.press("Enter")
    expect(page.locator(".ll-out")).to_have_text("next token after “␣Julia”")
    odds_are(page, ".ll-machine", known.odds[last - 3])
    page.keyboard.press("End")
    expect(seen).to_contain_text("comes later")

    head(page, 0, 1).tap()
    expect(seen).to_contain_text("layer 1, head 2 looks at:")
    expect(head(page, 0, 1)).to_have_attribute("aria-pressed", "false")
    head(page, 0, 1).tap()
    expect(head(page, 0, 1)).to_have_attribute("aria-pressed", "true")


def test_a_listed_knob_turns(open_page, knob):
    lm = load("fjord")
    page = open_page(knob, width=820)
    moved, value = page.locator(".ll-moved"), page.get_by_role("slider", name="Value")
    expect(moved).to_have_text(TRAINED)
    odds_are(page, ".ll-knob", probability(lm, PLACE))
    last = len(knob._listed) - 1
    one, weight = knob._listed[last], page.get_by_label("Weight", exact=True)
    weight.select_option(str(last))
    named = f"lm.params.{one['python']}"
    expect(page.locator(".ll-chooser code")).to_have_text(named)
    value.press("End")
    expect(moved).to_contain_text("of the probability has moved")
    turned = knobs.with_weight(lm, Weight(*one["weight"]), one["stops"][-1])
    odds_are(page, ".ll-knob", probability(turned, PLACE))
    press(page, "Put everything back")
    expect(moved).to_have_text(TRAINED)

    # one field is open, and the others are behind the address
    matrix = page.get_by_label("Matrix", exact=True)
    page.locator(".ll-chooser summary").focus()
    for is_open in (True, False):
        page.keyboard.press("Enter")
        expect(matrix).to_be_visible(visible=is_open)
    weight.select_option("")  # one's own choice
    expect(matrix).to_be_focused()


def test_a_click_is_one_flip_until_two_runs_part(open_page, runs):
    page = open_page(runs, width=820)
    status, marks = page.locator(".ll-status"), page.locator(".ll-two-runs mark")
    expect(status).to_contain_text("Nothing is drawn yet.")
    rows = [[flip[0] for flip in run["flips"]] for run in runs._runs[:2]]
    parted_at = 1 + next(i for i in range(LENGTH) if rows[0][i] != rows[1][i])
    decode = load("fjord").tokenizer.decode
    for flips in range(1, parted_at + 1):
        press(page, "Flip once")
        expect(status).to_contain_text(f"Flip {flips}: ")
        assert texts_of_runs(page) == [decode(row[:flips]) for row in rows]
        expect(marks).to_have_count(0 if flips < parted_at else 2)
    for coin in page.locator(".ll-coin-says").all_inner_texts():
        found = re.fullmatch(r"Coin (.+): “.+” lies from (.+) to (.+)\.", coin)
        assert found and float(found[2]) <= float(found[1]) <= float(found[3])
    press(page, "Ten flips")
    expect(status).to_contain_text(f"They parted at flip {parted_at}.")
    press(page, "To the end")
    expect(status).to_contain_text("This is the end.")
    once = page.get_by_role("button", name="Flip once")
    expect(once).to_have_attribute("aria-disabled", "true")
    press(page, "Start again")
    expect(status).to_contain_text(f"Seeds: {SEED + 2} and {SEED + 3}.")
    page.get_by_label("Same coins on both sides").press("Space")
    press(page, "To the end")
    expect(status).to_contain_text("They are still the same.")
    first, second = texts_of_runs(page)
    assert first == second != ""


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_the_tree_by_keyboard(open_page, tree):
    page = open_page(tree, width=820)
    items, status = page.get_by_role("treeitem"), page.locator(".ll-status")
    roots = page.locator("[role=tree] > [role=treeitem]")
    count, first = roots.count(), roots.first.get_attribute("aria-label")
    assert count == len(tree._forks[""]["likeliest"]) + 1
    assert page.locator("[role=treeitem][tabindex='0']").count() == 1
    roots.first.focus()
    page.keyboard.press("ArrowDown")
    for name, told in (
        ("selected", "true"),
        ("posinset", "2"),
        ("setsize", str(count)),
        ("expanded", "false"),
    ):
        expect(roots.nth(1)).to_have_attribute(f"aria-{name}", told)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")  # it grows on
    expect(roots.first).to_have_attribute("aria-expanded", "true")
    expect(roots.first).to_be_focused()
    page.keyboard.press("Enter")  # goes on along the likeliest branch
    inner = roots.first.get_by_role("treeitem").first
    expect(inner).to_be_focused()
    expect(inner).to_have_attribute("aria-level", "2")
    expect(status).to_contain_text("Chance of this path, ")
    whole = inner.get_attribute("aria-label") or ""
    assert status.inner_text().endswith("= " + whole.rsplit("whole path ")[1])
    page.keyboard.press("End")
    assert re.fullmatch(r"all [\d,]+ others, .*", focused(page))
    page.keyboard.press("ArrowDown")  # behind the last one comes the parent's next
    expect(roots.nth(1)).to_be_focused()
    expect(items).to_have_count(count)  # what nobody follows folds up
    page.keyboard.press("Home")
    assert focused(page) == first
    for key in ("ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(inner).to_be_focused()
    for key in ("ArrowLeft", "ArrowLeft"):  # the second folds it up
        page.keyboard.press(key)
    expect(roots.first).to_be_focused()
    expect(items).to_have_count(count)
    roots.first.locator("> .ll-row").click()
    token, chance = tree._forks[""]["likeliest"][0]
    text = page.locator(".ll-path .ll-text")
    expect(text).to_have_text(PLACE + tree._pieces[str(token)])
    assert f"{100 * chance:.1f}\u00a0%" in status.inner_text()
    press(page, "Start again")
    expect(text).to_have_text(PLACE)


def place_of(ball: Locator) -> list[float]:
    spoken = ball.get_attribute("aria-valuetext") or ""
    return [*map(float, re.findall(r"-?[\d.]+", spoken))]


def test_a_ball_is_dragged_and_rolls_downhill(open_page):
    knobs = TwoKnobs(SHARES)
    page = open_page(knobs, width=700, reduced_motion="reduce")
    loss, ball = page.locator(".ll-loss"), page.get_by_role("slider", name="Ball")
    expect(loss).to_contain_text(f"Loss: {math.log2(3):.3f} bits")
    slider = page.get_by_role("slider", name="Knob of and")
    for _ in range(4):
        slider.press("ArrowRight")
    knobs.knobs = [0.2, 0.0]
    expect(loss).to_contain_text(f"Loss: {knobs.loss:.3f} bits")
    press(page, "Both back to 0")
    for step in range(1, 11):
        page.get_by_role("button", name="One step downhill").press("Enter")
        expect(loss).to_contain_text(f"{step} step")
    least = -sum(share * math.log2(share) for share in SHARES.values())
    expect(loss).to_contain_text(f"No setting gets below {least:.3f}.")
    told = float(re.findall(r"Loss: ([\d.]+)", loss.inner_text())[0])
    assert least - 1e-3 <= told < least + 0.02
    trail = page.locator(".ll-map g.ll-trail circle")
    expect(trail).to_have_count(10)
    ball.press("ArrowUp")
    expect(trail).to_have_count(0)

    land = page.locator(".ll-map rect").bounding_box()

    def place(first: float, second: float) -> tuple[float, float]:
        across, up = ((knob + 4) / 8 for knob in (first, second))
        left, top = (land[side] + 1 for side in ("x", "y"))  # inside its own line
        wide, tall = (land[side] - 2 for side in ("width", "height"))
        return left + across * wide, top + (1 - up) * tall

    page.mouse.move(*place(*place_of(ball)))
    page.mouse.down()
    page.mouse.move(*place(-3, 2), steps=8)
    page.mouse.up()
    page.mouse.move(*place(0, 0))  # it was let go
    page.evaluate(TWO_FRAMES)
    first, second = place_of(ball)
    assert (first, second) == pytest.approx((-3, 2), abs=0.06)
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight"):
        ball.press(key)
        page.evaluate(TWO_FRAMES)
    assert place_of(ball) == pytest.approx([first + 0.7, second - 0.1], abs=0.011)
