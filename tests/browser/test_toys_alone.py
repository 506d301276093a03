"""The toys of lessons 2 to 12, each alone in a page without a kernel."""

import math
import re

import pytest
from playwright.sync_api import Locator, expect

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.forward_pass import inside, knobs
from llm_lessons.lessons.forward_pass.knobs import Weight
from llm_lessons.lessons.reward import live
from llm_lessons.widgets import PriceLanes, RewardLanes, TwoKnobs, questions
from llm_lessons.widgets.memory_explorer import KEPT
from llm_lessons.widgets.questions import RUN_LENGTH, SHOWN
from tests import tiny
from tests.browser.made_page import button, no_barriers, press
from tests.browser.notebook_page import TWO_FRAMES
from tests.browser.shown import (
    odds_are,
    probability,
    texts_of_race,
    texts_of_runs,
    written,
)
from tests.browser.toys import PLACE, TEXT
from tests.lessons.reward.tiny_choice import CHOICE

LOOKS = (5, 1)  # a head, at the name
SHARES = {"and": 0.8, "but": 0.12, "then": 0.08}
EXAMPLES = [
    ["How many <b>?", "Answer at once: 7.", 0.0, "✗ not right"],
    ["How many?", "Step by step: 1 + 1 = 2. Answer: 2.", 1.0, "✓ right"],
]
MARKS = ("aaAadddD", "aaASSSSS", "SSSSSSSs")


def test_a_head_shows_where_it_looks_and_goes_off(open_page, machine):
    """By mouse, by keyboard, and by a finger that points first and presses then."""
    lm, page = load("fjord"), open_page(machine, width=760, height=650, has_touch=True)
    seen, result = page.locator(".ll-seen"), page.locator(".ll-result")

    def head(layer: int, number: int) -> Locator:
        name = f"Silence layer {layer + 1}, head {number + 1}, which"
        return page.get_by_role("button", name=name)

    known = inside.read(lm, TEXT)
    odds_are(page, ".ll-machine", known.odds[-1])
    name = lm.tokenizer.pieces.index(" Julia")
    share = known.looks[*LOOKS, -1][known.tokens.index(name)]
    head(*LOOKS).hover()
    expect(seen).to_contain_text(f"looks at: “␣Julia” {100 * share:.0f}\u00a0%")
    head(*LOOKS).click()
    expect(result).to_contain_text("1 head is off.")
    odds_are(page, ".ll-machine", inside.read(lm, TEXT, [LOOKS]).odds[-1])
    press(page, "All heads on")
    expect(result).to_contain_text("All heads are on.")

    head(0, 0).focus()
    for key in ["ArrowUp"] * 5 + ["ArrowRight", "ArrowDown", "ArrowRight"]:
        page.keyboard.press(key)
    expect(head(4, 2)).to_be_focused()
    page.keyboard.press("Space")
    expect(head(4, 2)).to_have_attribute("aria-pressed", "true")
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

    head(0, 1).tap()
    expect(seen).to_contain_text("layer 1, head 2 looks at:")
    expect(head(0, 1)).to_have_attribute("aria-pressed", "false")
    head(0, 1).tap()
    expect(head(0, 1)).to_have_attribute("aria-pressed", "true")


def test_a_listed_knob_turns(open_page, knob):
    lm, page = load("fjord"), open_page(knob, width=820)
    moved, last = page.locator(".ll-moved"), len(knob._listed) - 1
    odds_are(page, ".ll-knob", probability(lm, PLACE))
    page.get_by_label("Weight", exact=True).select_option(str(last))
    page.get_by_role("slider", name="Value").press("End")
    expect(moved).to_contain_text("of the probability has moved")
    one = knob._listed[last]
    turned = knobs.with_weight(lm, Weight(*one["weight"]), one["stops"][-1])
    odds_are(page, ".ll-knob", probability(turned, PLACE))
    press(page, "Put everything back")
    expect(moved).to_have_text("This is the model as it was trained.")
    page.get_by_label("Weight", exact=True).select_option("")  # one's own choice
    expect(page.get_by_label("Matrix", exact=True)).to_be_focused()


def test_a_click_is_one_flip_until_two_runs_part(open_page, runs):
    page = open_page(runs, width=820)
    status, marks = page.locator(".ll-status"), page.locator(".ll-two-runs mark")
    drawn = runs._answers["prompt"]["value"]["runs"][:2]
    rows = [[flip[0] for flip in run["flips"]] for run in drawn]
    parted_at = 1 + next(i for i in range(RUN_LENGTH) if rows[0][i] != rows[1][i])
    decode = load("fjord").tokenizer.decode
    for flips in range(1, parted_at + 1):
        press(page, "Flip once")
        expect(status).to_contain_text(f"Flip {flips}: ")
        assert texts_of_runs(page) == [decode(row[:flips]) for row in rows]
        expect(marks).to_have_count(0 if flips < parted_at else 2)
    press(page, "To the end")
    expect(status).to_contain_text("The drawing stops here, after 40 flips.")
    once = page.get_by_role("button", name="Flip once")
    expect(once).to_have_attribute("aria-disabled", "true")
    press(page, "Start again")
    page.get_by_label("Same coins on both sides").press("Space")
    press(page, "To the end")
    expect(status).to_contain_text("They are still the same.")
    first, second = texts_of_runs(page)
    assert first == second != ""


def test_the_tree_by_keyboard(open_page, tree):
    page = open_page(tree, width=820)
    items, status = page.get_by_role("treeitem"), page.locator(".ll-status")
    roots = page.locator("[role=tree] > [role=treeitem]")
    first = tree._answers["prompt"]["value"]
    count = len(first["forks"][""]["likeliest"]) + 1
    expect(roots).to_have_count(count)
    expect(page.locator("[role=treeitem][tabindex='0']")).to_have_count(1)
    roots.first.focus()
    page.keyboard.press("ArrowDown")
    told = {"selected": "true", "posinset": "2", "setsize": str(count)}
    for name, value in told.items():
        expect(roots.nth(1)).to_have_attribute(f"aria-{name}", value)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")  # it grows on
    expect(roots.first).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")  # goes on along the likeliest branch
    inner = roots.first.get_by_role("treeitem").first
    expect(inner).to_be_focused()
    expect(inner).to_have_attribute("aria-level", "2")
    whole = inner.get_attribute("aria-label") or ""
    assert status.inner_text().endswith("= " + whole.rsplit("whole path ")[1])
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")  # behind the last one comes the parent's next
    expect(roots.nth(1)).to_be_focused()
    expect(items).to_have_count(count)  # what nobody follows folds up
    for key in ("Home", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(inner).to_be_focused()
    for key in ("ArrowLeft", "ArrowLeft"):  # the second folds it up
        page.keyboard.press(key)
    expect(roots.first).to_be_focused()
    expect(items).to_have_count(count)
    roots.first.locator("> .ll-row").click()
    token, chance = first["forks"][""]["likeliest"][0]
    text = page.locator(".ll-path .ll-text")
    expect(text).to_have_text(PLACE + first["pieces"][str(token)])
    assert f"{100 * chance:.1f}\u00a0%" in status.inner_text()
    press(page, "Start again")
    expect(text).to_have_text(PLACE)


def place_of(ball: Locator) -> list[float]:
    spoken = ball.get_attribute("aria-valuetext") or ""
    return [*map(float, re.findall(r"-?[\d.]+", spoken))]


def test_a_ball_is_dragged_and_rolls_downhill(open_page):
    page = open_page(TwoKnobs(SHARES), width=700, reduced_motion="reduce")
    loss, ball = page.locator(".ll-loss"), page.get_by_role("slider", name="Ball")
    trail = page.locator(".ll-map g.ll-trail circle")
    expect(loss).to_contain_text(f"Loss: {math.log2(3):.3f} bits")
    for step in range(1, 11):
        page.get_by_role("button", name="One step downhill").press("Enter")
        expect(loss).to_contain_text(f"{step} step")
    least = -sum(share * math.log2(share) for share in SHARES.values())
    expect(loss).to_contain_text(f"No setting gets below {least:.3f}.")
    told = float(re.findall(r"Loss: ([\d.]+)", loss.inner_text())[0])
    assert least - 1e-3 <= told < least + 0.02
    expect(trail).to_have_count(10)
    press(page, "Both back to 0")

    land = page.locator(".ll-map rect").bounding_box()
    assert land
    wide, tall = land["width"] - 2, land["height"] - 2  # inside its own line
    left, top = land["x"] + 1, land["y"] + 1
    page.mouse.move(left + wide / 2, top + tall / 2)
    page.mouse.down()
    page.mouse.move(left + wide / 8, top + tall / 4, steps=8)  # of knobs from -4 to 4
    page.mouse.up()
    page.mouse.move(left + wide / 2, top + tall / 2)  # it was let go
    page.evaluate(TWO_FRAMES)
    first, second = place_of(ball)
    assert (first, second) == pytest.approx((-3, 2), abs=0.06)
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight"):
        ball.press(key)
        page.evaluate(TWO_FRAMES)
    assert place_of(ball) == pytest.approx([first + 0.7, second - 0.1], abs=0.011)
    expect(trail).to_have_count(0)


def test_kept_people_are_asked_about_and_found(open_page, explorer):
    page = open_page(explorer, width=820)
    slider = page.get_by_label("Fjord read of them")
    for _ in range(9):
        slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "512 times")
    sentence = page.locator(".ll-sentence")
    expect(sentence).to_contain_text("on 512 pages, and asks about them on ")
    assert page.locator(".ll-cards strong").all_inner_texts() == ["✓ right"] * 4
    person, asked = page.get_by_label("Person"), page.locator(".ll-asked").first
    name = person.locator("option").all_inner_texts()[KEPT - 1]
    person.select_option(name)
    status = page.locator(".ll-search [role=status]")
    stands = f"“{name}” stands in 512 documents. Here are {SHOWN} of them:"
    expect(status).to_have_text(stands)
    assert {*page.locator(".ll-found mark").all_inner_texts()} == {name}
    answer = page.locator(".ll-find").first
    words = answer.inner_text()
    answer.press("Enter")
    expect(status).to_contain_text(f"“{words}” stands in ")
    page.get_by_label("begin a sentence").check()
    expect(asked).to_have_text(f"{name} lives in …")


def test_dots_go_silent_under_the_slider(open_page, dots):
    """Counted as Python counts them, in a frame; a dot is told by mouse and keys."""
    page = open_page(dots, width=390, height=844, has_touch=True)
    marks = page.locator(".ll-one-mark")
    expect(marks).to_have_count(100)
    slider = page.get_by_label("Speak only if at least this sure")
    silent = page.evaluate(
        """() => new Promise((done) => {
        const slider = document.querySelector("input[type=range]");
        slider.value = "85";
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        requestAnimationFrame(() => requestAnimationFrame(() => {
          done(document.querySelectorAll(".ll-one-mark.ll-silent").length);
        }));
    })"""
    )
    dots.least = 85
    left, lost = dots.counts
    dots.least = 0
    kinds = [dot["outcome"] for dot in dots._dots if dot["sure"] >= 0.85]
    assert silent == 100 - len(kinds)
    expect(page.locator(".ll-left strong")).to_have_text(str(left))
    expect(page.locator(".ll-lost strong")).to_have_text(str(lost))
    slider.press("Home")
    expect(page.locator(".ll-one-mark.ll-silent")).to_have_count(0)
    price, score = (
        page.get_by_label("Price of a wrong answer"),
        page.locator(".ll-score"),
    )
    price.press("Home")
    right, wrong = (
        sum(dot["outcome"] == kind for dot in dots._dots) for kind in ("right", "wrong")
    )
    expect(score).to_contain_text(
        f"Score: {right} right − 0 × {wrong} wrong = {right}."
    )
    expect(score).to_contain_text("speak from 0\u00a0% on")
    last = dots._dots[-1]
    marks.last.tap()
    expect(page.locator(".ll-asked")).to_contain_text(last["question"])
    expect(page.locator(".ll-pages mark").first).to_have_text(last["truth"])
    page.keyboard.press("ArrowUp")
    expect(marks.nth(98)).to_be_focused()
    expect(page.locator(".ll-asked")).to_contain_text(dots._dots[98]["question"])
    no_barriers(page, within=".ll-if-sure")


def test_a_question_of_ones_own_is_answered_in_the_page(open_page, dots):
    lm = load("fjord")
    page = open_page(dots, width=1366, height=768, model=lm)
    asked = "Where does Ida Hagebro live?"
    page.get_by_label("Or ask Fjord yourself").fill(asked)
    told = questions.first_tokens(lm, f"Question: {asked}\nAnswer:")
    expect(page.locator(".ll-asked")).to_contain_text(asked)
    expect(page.locator(".ll-one-of-hundred strong")).to_have_text(told["text"])
    [(_, chance), *_] = told["likeliest"]
    sure = f"{100 * chance:.1f}\u00a0% sure"
    expect(page.locator(".ll-title-of-bars")).to_contain_text(sure)


def test_the_race_is_run(open_page, race):
    page = open_page(race, width=820)
    page.get_by_label("Problem").select_option(index=0)  # of one change
    sides = race._kinds[0][1][0]["sides"]
    for count in (1, 2, 3):
        press(page, "One token each")
        assert written(page, 1) == "".join(sides[1]["pieces"][:count])
    page.get_by_label("Speed").press("End")
    press(page, "Run")
    expect(page.locator(".ll-status")).to_contain_text("times the computation.")
    assert [written(page, side) for side in (0, 1)] == texts_of_race(race, 0, 0)
    for place, side in enumerate(sides):
        node = page.locator(".ll-side").nth(place)
        mark = "✓" if side["right"] else "✗"
        expect(node.locator(".ll-end")).to_contain_text(f"{mark} {side['answer']}")
        cost = f"{sum(side['costs']) / 1e6:.0f} million operations"
        spent = f"{len(side['pieces'])} tokens, {cost}"
        expect(node.locator(".ll-spent")).to_have_text(spent)


def test_all_notes_that_a_page_brings_are_answered(open_page, book):
    page = open_page(book, width=820)
    people, note = page.get_by_label("Ask about"), page.locator("textarea")
    closed, opened = (
        page.get_by_role("group", name=f"{state} book") for state in ("Closed", "Open")
    )
    for number in reversed(range(len(book.names))):
        people.select_option(index=number)
        book.person = number
        for card, prompt in ((closed, book.question), (opened, book.prompt)):
            answer, chance = book._replies[prompt]
            expect(card.locator("strong")).to_have_text(answer)
            shown = f"{100 * chance:.1f}\u00a0%" if chance < 0.999 else ">99.9\u00a0%"
            expect(card.locator(".ll-chance")).to_contain_text(shown)
    right = "✓ Right: the training text says so (256 pages)."
    expect(closed.locator(".ll-verdict")).to_have_text(right)
    # a note wins against the weights
    truth, before = closed.locator("strong").inner_text(), note.input_value()
    page.get_by_label("The note contradicts the training text").check()
    expect(note).not_to_have_value(before)
    clash = f"✓ It stands in the note. The training text says “{truth}”."
    expect(opened.locator(".ll-verdict")).to_have_text(clash)
    assert closed.locator("strong").inner_text() == truth


def test_a_kept_run_is_replayed_in_lanes(open_page, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live, "RIGHT", CHOICE)
    lanes = RewardLanes(tiny.model(), steps=3)
    lanes.moments = [[i, marks, i / 2, EXAMPLES] for i, marks in enumerate(MARKS)]
    page = open_page(lanes, width=820)
    words, slider = page.locator(".ll-status"), page.get_by_role("slider")
    expect(words).to_contain_text("This page replays a training")
    at_once = page.get_by_role("img", name="at once: 4 of 8 answers, 1 right")
    expect(at_once).to_be_visible()
    rows = page.locator(".ll-lane-answers li:visible")
    wrong = "✗ not right, reward 0: Answer at once: 7."
    expect(rows.nth(0)).to_contain_text(wrong)
    expect(rows.nth(1)).to_contain_text("✓ right, reward 1: Step by step")
    expect(slider).to_be_disabled()  # nobody looks ahead
    button(page, "Reward right answers").press("Enter")
    expect(button(page, "Replay")).to_be_visible()
    expect(words).to_contain_text("round 2 of 2: 88 % right, 100 % step by step")
    steps = page.get_by_role("img", name="step by step: 8 of 8 answers, 7 right")
    expect(steps).to_be_visible()
    page.emulate_media(color_scheme="dark")
    page.add_style_tag(content="html { background: #111; }")
    no_barriers(page, within=".ll-lanes")
    slider.press("ArrowLeft")
    told = "after 1 round: 75 % right, 63 % step by step"
    expect(slider).to_have_attribute("aria-valuetext", told)
    press(page, "Put Fjord back")
    expect(at_once).to_be_visible()


def test_a_kept_run_is_replayed_at_each_price(open_page):
    lanes = PriceLanes(load("fjord"))
    [free, *_, dear] = [moments for _, moments in lanes._kept]
    page = open_page(lanes, width=390, height=800)
    cost = page.get_by_role("slider", name="Price of a wrong answer")
    words = page.locator(".ll-status")

    def in_lane(moment: list) -> Locator:
        marks = moment[1]
        silent, known = (sum(marks.count(s) for s in of) for of in ("sS", "S"))
        told = f"{silent} of {len(marks)} answers, {known} well known"
        return page.get_by_role("img", name=f"“I don't know”: {told}")

    expect(in_lane(free[0])).to_be_visible()
    button(page, "Reward right answers").press("Enter")
    expect(button(page, "Replay")).to_be_visible(timeout=20_000)
    expect(in_lane(free[-1])).to_be_visible()
    cost.press("End")
    expect(words).to_contain_text("This page replays a training")
    button(page, "Reward right answers").press("Enter")
    expect(button(page, "Replay")).to_be_visible(timeout=20_000)
    expect(in_lane(dear[-1])).to_be_visible()
    no_barriers(page, within=".ll-lanes")
