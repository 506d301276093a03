"""The toys of lessons 6 to 11, each alone in a page without a kernel."""

import re

import pytest
from playwright.sync_api import Page, expect

from llm_lessons.lessons.reward import live
from llm_lessons.widgets import RewardLanes
from llm_lessons.widgets.memory_explorer import KEPT, SHOWN
from tests import tiny
from tests.browser.made_page import button, fits_a_phone, no_barriers, press
from tests.browser.shown import texts_of_race, written
from tests.browser.toys import SAID
from tests.lessons.reward.tiny_choice import CHOICE

EXAMPLES = [
    ["How many <b>?", "Answer at once: 7.", 0.0, False],
    ["How many?", "Step by step: 1 + 1 = 2. Answer: 2.", 1.0, True],
    ["How many?", "", 0.0, False],
]
MARKS = ("aaAadddD", "aaASSSSS", "SSSSSSSs")


def test_kept_people_are_asked_about_and_found(open_page, explorer):
    page = open_page(explorer, width=820)
    sentence = page.locator(".ll-sentence")
    slider = page.get_by_label("Fjord read of them")
    expect(sentence).to_contain_text("on 1 page, and asks about them on none.")
    for _ in range(9):
        slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "512 times")
    expect(sentence).to_contain_text("on 512 pages, and asks about them on ")
    assert page.locator(".ll-cards strong").all_inner_texts() == ["✓ right"] * 4
    person, asked = page.get_by_label("Person"), page.locator(".ll-asked").first
    name = person.locator("option").all_inner_texts()[KEPT - 1]
    person.select_option(name)
    expect(asked).to_contain_text(name)
    search = page.get_by_label(re.compile("Search .* Fjord read"))
    expect(search).to_have_value(name)
    status = page.locator(".ll-search [role=status]")
    stands = f"“{name}” stands in 512 documents. Here are {SHOWN} of them:"
    expect(status).to_have_text(stands)
    marks = page.locator(".ll-found mark").all_inner_texts()
    assert len(marks) >= SHOWN and set(marks) == {name}
    answer = page.locator(".ll-find").first
    words = answer.inner_text()
    answer.press("Enter")
    expect(search).to_have_value(words)
    expect(status).to_contain_text(f"“{words}” stands in ")
    page.get_by_label("begin a sentence").check()
    expect(asked).to_have_text(f"{name} lives in …")


def test_two_questions_have_their_costs(open_page, counter):
    page = open_page(counter, width=820)
    most = counter._matrices + counter._back * counter._longest
    for place, (name, cost) in enumerate(counter.costs.items()):
        one = page.locator(".ll-asked").nth(place)
        expect(one.locator(".ll-row")).to_contain_text(f"{cost:,} operations")
        answer = getattr(counter, f"_{name}")["answer"]
        expect(one.locator(".ll-row")).to_contain_text(f"says at once {answer} (")
        needle = one.locator(".ll-needle")
        stands = needle.evaluate("(one) => parseFloat(one.style.left) / 100")
        assert stands == pytest.approx(cost / most, abs=1e-4)
    expect(page.locator(".ll-difference")).to_contain_text("Change a question.")


def test_the_race_is_run(open_page, race):
    page = open_page(race, width=820)
    page.get_by_label("Problem").select_option(index=1)  # of six changes
    sides = race._kinds[1][1][0]["sides"]
    pieces = sides[1]["pieces"]
    assert written(page, 0) == written(page, 1) == ""
    for count in (1, 2, 3):
        press(page, "One token each")
        assert written(page, 1) == "".join(pieces[:count])
    heard = page.locator(".ll-unseen[role=status]")
    expect(heard).to_contain_text(f"Step by step: {pieces[2].strip() or 'a space'}.")
    page.get_by_label("Speed").press("End")
    press(page, "Run")
    status = page.locator(".ll-status")
    expect(status).to_contain_text("times the computation.")
    assert [written(page, side) for side in (0, 1)] == texts_of_race(race, 1, 0)
    for place, side in enumerate(sides):
        node = page.locator(".ll-side").nth(place)
        mark = "✓" if side["right"] else "✗"
        expect(node.locator(".ll-end")).to_contain_text(f"{mark} {side['answer']}")
        cost = f"{sum(side['costs']) / 1e6:.0f} million operations"
        spent = f"{len(side['pieces'])} tokens, {cost}"
        expect(node.locator(".ll-spent")).to_have_text(spent)
    result = page.get_by_role("button", name=re.compile(r"result of step 1\."))
    result.press("Enter")
    page.keyboard.type("x5")
    page.keyboard.press("Enter")  # no number: it stays
    page.keyboard.press("Escape")
    expect(result).to_be_focused()
    press(page, "Start again")
    assert written(page, 1) == ""


def test_all_notes_that_a_page_brings_are_answered(open_page, book):
    page = open_page(book, width=820)
    people, note = page.get_by_label("Ask about"), page.locator("textarea")
    closed, opened = (
        page.get_by_role("group", name=f"{state} book") for state in ("Closed", "Open")
    )
    for number, name in enumerate(book.names):
        people.select_option(index=number)
        expect(closed.locator(".ll-question")).to_contain_text(name)
        book.person = number
        for card, prompt in ((closed, book.question), (opened, book.prompt)):
            answer, chance = book._replies[prompt]
            expect(card.locator("strong")).to_have_text(answer)
            shown = f"{100 * chance:.1f}\u00a0%" if chance < 0.999 else ">99.9\u00a0%"
            expect(card.locator(".ll-chance")).to_contain_text(shown)
    against = page.get_by_label("The note contradicts the training text")
    made_up = "○ Made up: no page names this"
    expect(closed.locator(".ll-verdict")).to_contain_text(made_up)
    expect(against).to_be_disabled()
    people.select_option(index=0)
    right = "✓ Right: the training text says so (256 pages)."
    expect(closed.locator(".ll-verdict")).to_have_text(right)
    stands = "✓ It stands in the note."
    expect(opened.locator(".ll-verdict")).to_have_text(stands)
    # a note wins against the weights
    truth, before = closed.locator("strong").inner_text(), note.input_value()
    against.check()
    expect(note).not_to_have_value(before)
    clash = f"{stands} The training text says “{truth}”."
    expect(opened.locator(".ll-verdict")).to_have_text(clash)
    assert closed.locator("strong").inner_text() == truth
    against.uncheck()
    expect(note).to_have_value(before)


def test_a_talk_is_shown_as_said_and_as_read(open_page, box):
    page = open_page(box, width=820)
    said = page.locator(".ll-said")
    contents = [message["content"] for message in box.messages]
    assert [text.split("\n")[-1] for text in said.all_inner_texts()] == contents
    read = page.get_by_role("group", name="All that the model reads")
    assert read.inner_text() == box.read
    press(page, f"Take out: {SAID[1]}")
    expect(said).to_have_count(4)
    assert SAID[1] not in "\n".join(said.all_inner_texts())


def test_a_kept_run_is_replayed_in_lanes(open_page, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live, "RIGHT", CHOICE)
    lanes = RewardLanes(tiny.model(), steps=3)
    lanes.moments = [[i, marks, i / 2, EXAMPLES] for i, marks in enumerate(MARKS)]
    page = open_page(lanes, width=820)
    words, slider = page.locator(".ll-status"), page.get_by_role("slider")
    expect(words).to_contain_text("This page replays a training")
    lane_is(page, "at once", "4 of 8 answers, 1 right")
    at_once = page.get_by_role("img", name=re.compile("^at once: "))
    assert [at_once.locator(one).count() for one in ("i", "i.ll-right")] == [4, 1]
    rows = page.locator(".ll-lane-answers li:visible")
    for place, text in enumerate(
        (
            "✗ not right, reward 0: Answer at once: 7.",
            "✓ right, reward 1: Step by step",
            "(nothing)",
        )
    ):
        expect(rows.nth(place)).to_contain_text(text)
    rows.nth(0).get_by_text("The problem").click()
    expect(rows.nth(0).locator("p")).to_have_text("How many <b>?")
    expect(slider).to_be_disabled()  # nobody looks ahead
    button(page, "Reward right answers").press("Enter")
    expect(button(page, "Replay")).to_be_visible()
    expect(words).to_contain_text("step 2 of 2: 88 % right, 100 % step by step")
    lane_is(page, "step by step", "8 of 8 answers, 7 right")
    fits_a_phone(page)
    page.emulate_media(color_scheme="dark")
    page.add_style_tag(content="html { background: #111; }")
    no_barriers(page, within=".ll-lanes")
    slider.press("ArrowLeft")
    told = "after 1 step: 75 % right, 63 % step by step"
    expect(slider).to_have_attribute("aria-valuetext", told)
    press(page, "Put Fjord back")
    lane_is(page, "at once", "4 of 8 answers, 1 right")


def lane_is(page: Page, name: str, told: str) -> None:
    lane = page.get_by_role("img", name=re.compile(f"^{name}: "))
    expect(lane).to_have_attribute("aria-label", f"{name}: {told}")


@pytest.mark.rest  # it learns for a minute
def test_with_a_kernel_it_learns_stops_and_goes_on(open_notebook):
    cells = [
        "import llm_lessons as ll\nlm = ll.load('fjord')",
        "lanes = ll.RewardLanes(lm, steps=4)\nlanes",
    ]
    page = open_notebook(cells)
    words = page.locator(".ll-lanes .ll-status")
    press(page, "Reward right answers")
    expect(words).to_contain_text("Step 1 of 4", timeout=600_000)
    button(page, "Stop").press("Enter")
    expect(words).to_contain_text("nothing is lost", timeout=600_000)
    press(page, "Go on")
    expect(words).to_contain_text("Done", timeout=600_000)
    press(page, "Put Fjord back")
    expect(words).to_contain_text("Not begun yet")
