"""Each lesson as a learner meets it: in JupyterLab, run, read and played with."""

import re

import pytest
from playwright.sync_api import Page, expect

from llm_lessons import fjordby
from llm_lessons.language_model.loading import load
from llm_lessons.lessons.tokens.vocabularies import vocabularies
from llm_lessons.widgets.questions import RUN_LENGTH, RUNS
from tests.browser.hand import goes_on_from_everywhere
from tests.browser.made_page import drag, press
from tests.browser.notebook_page import (
    NOTEBOOKS,
    cell_with,
    choose_dark,
    run_cell,
)
from tests.browser.shown import (
    odds_are,
    probability,
    texts_of_runs,
    turn_an_own_knob,
)
from tests.browser.toys import EASY, PLACE, PROMPT, SEED

NAMES = {int(path.stem[:2]): path for path in NOTEBOOKS.glob("[01]*.ipynb")}
MOVED = "of the probability has moved"


def test_the_start_turns_green_and_leads_on(open_lesson):
    page = open_lesson(NAMES[0])
    status = page.locator(".ll-setup [role=status]")
    expect(status).to_have_text("✓ The controls work: Python knows that it is 50.")
    expect(page.locator(".ll-no-slider")).to_be_hidden()
    report = page.locator(".ll-report")
    expect(report.get_by_role("img", name="Well:")).to_have_count(4)
    expect(report.get_by_role("img", name="Trouble:")).to_have_count(0)
    page.get_by_label("Drag me").press("ArrowRight")
    expect(status).to_have_text("✓ The controls work: Python knows that it is 51.")
    goes_on_from_everywhere(page)  # and then it is left
    page.get_by_role("link", name="4 · Temperature").click()
    heading = page.get_by_role("heading", name="4 · Temperature")
    expect(heading).to_be_visible(timeout=60_000)


def test_text_is_typed_and_a_vocabulary_grows(open_lesson):
    page = open_lesson(NAMES[1])
    strip = page.locator(".ll-token-strip").first
    fjord, text = vocabularies()["Fjord"], "Once upon a time 🦊"
    strip.get_by_label("Your text").fill("")
    page.keyboard.type(text)
    row, ids = strip.locator("section").first, fjord.encode(text)
    expect(row.locator(".ll-count")).to_have_text(f"{len(ids)} tokens")
    told = row.get_by_role("listitem").locator("small").all_inner_texts()
    assert list(map(int, told)) == ids

    grown = page.locator(".ll-growing")
    slider, count = grown.get_by_role("slider"), grown.locator(".ll-count")
    letters = int(count.inner_text().split()[0])
    drag(page, slider, 0.02, 1)
    whole = grown.get_by_text(f"{fjord.vocab_size:,}", exact=True)
    expect(whole).to_be_visible()
    assert int(count.inner_text().split()[0]) < letters / 2
    grown.get_by_label("Your text").fill("a" * 500)
    message = grown.locator(".ll-message")
    expect(message).to_contain_text("Only the first 400 characters")


def test_a_knob_is_turned_and_python_knows_it(open_lesson):
    page = open_lesson(NAMES[2])
    drag(page, page.get_by_role("slider", name="Value"), 0.5, 1)
    expect(page.locator(".ll-moved")).to_contain_text(MOVED)
    first, written = run_cell(page, cell_with(page, "print(knob)")).split("\n", 1)
    assert re.fullmatch(r"Knob\(.+\[[\d, ]+\] = -?\d+\.\d{3}\)", first)
    assert written.startswith(PLACE)
    turned = turn_an_own_knob(page)
    odds_are(page, ".ll-knob", probability(turned, PLACE))


def test_runs_and_branches_go_further_than_was_read_ahead(open_lesson):
    page = open_lesson(NAMES[3])
    runs, tree = page.locator(".ll-two-runs"), page.locator(".ll-branch-tree")
    runs.get_by_role("button", name="Flip once").press("Enter")
    expect(runs.locator(".ll-status")).to_contain_text("Flip 1: ")
    for _ in range(RUNS // 2):  # the last of these asks the kernel
        press(runs, "Start again")
    seeds = f"Seeds: {SEED + RUNS} and {SEED + RUNS + 1}."
    expect(runs.locator(".ll-status")).to_contain_text(seeds)
    press(runs, "To the end")
    known = load("fjord").generate(PROMPT, RUN_LENGTH, seed=SEED + RUNS)
    assert texts_of_runs(page)[0] == known
    tree.locator("textarea").fill("The old man")
    expect(tree.locator(".ll-path .ll-text")).to_have_text("The old man")
    for level in range(1, 6):  # each time the rarest branch that leads anywhere
        at = f"[role=treeitem][aria-level='{level}'][aria-expanded]"
        branch = tree.locator(at).last
        branch.locator("> .ll-row").click()
        expect(branch).to_have_attribute("aria-expanded", "true")


def answered(page: Page, number: str, typed: dict[str, str]) -> None:
    """Type this into the boxes of an exercise, by their labels, and be right."""
    box = page.get_by_role("group", name=f"Exercise {number}")
    for label, text in typed.items():
        box.get_by_label(label).fill(text)
    page.keyboard.press("Enter")
    expect(box.get_by_role("status")).to_contain_text("✓ Right.")


def percentages(page: Page) -> list[float]:
    """Of the first bars, the last one being everything else."""
    shown = page.locator(".ll-bars").first.locator(
        "tbody tr:visible td > span:last-child"
    )
    texts = shown.all_inner_texts()
    return [float(text.split("\u00a0")[0].strip("<>")) for text in texts]


def bits(page: Page) -> float:
    entropy = page.locator(".ll-entropy").first.inner_text()
    found = re.match(r"Entropy ([\d.]+) bits", entropy)
    assert found, entropy
    return float(found[1])


def test_temperature_by_keyboard_by_mouse_and_in_the_dark(open_lesson):
    page = open_lesson(NAMES[4])
    slider = page.get_by_role("slider", name="Temperature").first
    before, open_at_one = percentages(page), bits(page)
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    expect(slider).to_have_value("0.5")
    assert percentages(page)[0] > before[0] and bits(page) < open_at_one
    drag(page, slider, 1 / 6, 0.9)
    assert float(slider.input_value()) > 2
    assert percentages(page)[-1] > before[-1] and bits(page) > open_at_one

    texts = page.locator(".ll-continuations")
    # A temperature that the kernel still sends would undo what is pressed.
    expect(texts.get_by_role("slider")).to_have_value(slider.input_value())
    texts.get_by_role("slider").press("Home")
    expect(slider).to_have_value("0")  # the two have one temperature
    texts.get_by_role("button", name="Draw").press("Enter")
    status = texts.locator("p[role=status]").first
    expect(status).to_contain_text("at temperature 0.00: 20 times the same.")
    expect(texts.locator(".ll-draw")).to_have_count(2)

    page.get_by_role("radio", name="Mostly wrong, and the same each time").click()
    expect(page.locator(".ll-right [role=status]")).to_contain_text("✓ Right.")
    answered(page, "04.2", {"Facts: ": "0", "Stories: ": "0,9"})
    choose_dark(page)
    ink = page.evaluate("getComputedStyle(document.querySelector('.ll-figure')).color")
    assert sum(map(int, re.findall(r"\d+", ink)[:3])) > 380  # pale, on the dark


@pytest.mark.rest
def test_a_model_is_trained_and_a_ball_rolls(open_lesson):
    page = open_lesson(NAMES[5])
    box = page.locator(".ll-yours")
    press(box, "Train")
    expect(box.locator(".ll-own-samples li:visible")).to_have_count(10)
    press(box, "Stop")
    expect(box.locator(".ll-status")).to_contain_text("Stopped: its knobs stay.")
    press(page, "One step downhill")
    expect(page.locator(".ll-loss")).to_contain_text("1 step downhill.")


def test_people_are_asked_about_and_fjordby_is_searched(open_lesson):
    page = open_lesson(NAMES[6])
    name = page.get_by_label("Person").locator("option").last.inner_text()
    page.get_by_label("Person").select_option(name)  # nobody who is kept
    expect(page.locator(".ll-sentence")).to_contain_text(f"tells of {name}")
    expect(page.locator(".ll-asked").first).to_have_text(f"Where does {name} live?")
    expect(page.locator(".ll-found mark").first).to_have_text(name)
    page.get_by_label(re.compile("Search .* Fjord read")).click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("who lived in a dd")  # d d is JupyterLab's shortcut
    for _ in " dd":
        page.keyboard.press("Backspace")
    total = fjordby.search("who lived in a").total
    status = page.locator(".ll-search [role=status]")
    expect(status).to_contain_text(f"stands in {total:,} documents.")


def test_a_hard_question_costs_what_an_easy_one_does(open_lesson):
    page = open_lesson(NAMES[7])
    row = page.locator(".ll-asked .ll-row").first
    expect(row).to_contain_text(f"says at once {EASY.answer} (")
    box = page.get_by_label("A hard question")
    box.click()
    page.keyboard.press("ControlOrMeta+Home")
    page.keyboard.type("Think very hard. ")
    part = page.locator(".ll-asked .ll-part").last
    expect(part).to_contain_text("look back at 54 tokens")
    box.fill(EASY.question)
    same = "Both cost the same, to the last operation."
    expect(page.locator(".ll-difference")).to_have_text(same)


def test_the_race_is_run_and_written_on_from_another_number(open_lesson):
    page = open_lesson(NAMES[8])
    race = page.locator(".ll-race").first
    race.get_by_role("button", name="One token each").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(race.get_by_role("button", name="Stop")).to_be_focused()
    page.keyboard.press("Space")
    expect(race.get_by_role("button", name="Run")).to_be_focused()
    race.get_by_label("Problem").select_option(index=0)
    speed, status = race.get_by_label("Speed"), race.locator(".ll-status")
    speed.press("End")
    expect(speed).to_have_attribute("aria-valuetext", "20 tokens a second")
    press(race, "Run")
    expect(status).to_contain_text("times the computation.")
    race.get_by_role("button", name=re.compile(r"result of step 1\.")).click()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("to 3: the answer is")
    expect(race.locator(".ll-own")).to_have_text("3")
    expect(race.locator(".ll-struck")).not_to_have_count(0)  # what stood there before
    press(race, "Back to the race")
    expect(race.locator(".ll-own")).to_have_count(0)


def test_a_note_of_ones_own_is_read(open_lesson):
    page = open_lesson(NAMES[9])
    box = page.get_by_label("Note (change a word)")
    card = page.get_by_role("group", name="Open book")
    note, town = box.input_value(), card.locator("strong").inner_text()
    assert town in note
    box.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(note.replace(town, "Oslo"))  # which it never read
    # It copies letters that it never read together, though not always each of them.
    expect(card.locator("strong")).to_have_text(re.compile("^O.*lo$"))
    page.get_by_label("Ask about").focus()
    page.keyboard.press("ArrowUp")  # another person, with a note of their own
    expect(box).not_to_have_value(re.compile("Oslo"))
    expect(card.locator(".ll-verdict")).to_have_text("✓ It stands in the note.")


def test_a_talk_goes_on_and_forgets_what_is_taken_out(open_lesson):
    page = open_lesson(NAMES[0])
    chat = page.locator(".ll-chat-box").first
    said, line = chat.locator(".ll-said"), chat.get_by_label("Say something")
    expect(said).to_have_count(4)
    line.click()
    page.keyboard.type("What is my name?")
    page.keyboard.press("Enter")
    expect(said).to_have_count(6)
    expect(said.last).to_contain_text("Your name is Ida.")
    press(chat, "Take out: My name is Ida.")
    expect(said).to_have_count(4)
    press(chat, "Take out: What is my name?")
    expect(said).to_have_count(2)
    line.fill("What is my name?")
    press(chat, "Say it")
    expect(said).to_have_count(4)
    expect(said.last).not_to_contain_text("Ida")
    expect(chat.locator("pre")).not_to_contain_text("Ida")


@pytest.mark.rest
def test_what_was_learned_from_rewards_is_seen_in_the_dark_too(open_lesson):
    page = open_lesson(NAMES[11])
    page.get_by_role("radio", name="It drew steps now and then").click()
    right = page.locator(".ll-right [role=status]").first
    expect(right).to_contain_text("✓ Right.")
    answered(page, "11.1", {"The wrong answer": "Answer at once: 9."})
    expect(page.get_by_role("img", name="Two curves over the rounds")).to_be_visible()
    lanes = page.locator(".ll-lanes").first
    words = lanes.locator(".ll-status")
    press(lanes, "Reward right answers")
    expect(words).to_contain_text("Round 1 of ", timeout=600_000)
    press(lanes, "Stop")
    expect(words).to_contain_text("nothing is lost", timeout=600_000)
    press(lanes, "Put Fjord back")
    expect(words).to_contain_text("Not begun yet")
    choose_dark(page)
