"""What a room plays, an activity a test: on its phones, and then on its screen."""

import math
import re
from typing import Any

import numpy as np
from playwright.sync_api import Page, expect

from llm_lessons.language_model.loading import load
from tests.browser.made_page import button, no_barriers
from tests.browser.room_looks import (
    STILL,
    fits_a_thumb,
    looks_well,
    reaches_the_last_row,
    seen,
    unseen,
)
from tests.browser.room_steps import (
    ANSWERS,
    COIN,
    GUESS_TALLY,
    HEAT,
    HEAT_TALLY,
    LATER,
    MARBLES,
    PROBLEMS,
    PROMPT,
    SCORES,
    STORIES,
    STORY,
    TEN_TALLY,
    VALUES,
    WORD,
    book_parts,
    book_tally,
    coin_tally,
    guess,
    hidden,
    marble_problems,
    marbles_tally,
    step,
    stories_tally,
    ten,
    word_tally,
)
from tests.browser.stand_in_room import StandInRoom

CROWD = 200
AGAIN = step("stories", STORY | {"temperatures": [0, 0.7, 2]})
# Whatever stands in a word: it is all on the screen, and nothing is cut.
OUTSIDE = """(wall) => [...wall.querySelectorAll('li, b')].filter((one) => {
  const [own, all] = [one, wall].map((node) => node.getBoundingClientRect());
  return own.right > all.right + 1 || own.bottom > all.bottom + 1 ||
    own.left < all.left - 1 || own.top < all.top - 1;
}).map((one) => one.textContent)"""
CUT = """(cells) => cells.filter((cell) =>
  cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent)"""


def answered(room: StandInRoom, page: Page, kind: str, number: int = 1, seat: int = 1):
    """What a phone has answered, once it has arrived."""
    expect(page.locator(".room-sent")).to_have_text("Your answer has arrived.")
    return room.answers[seat, kind, number]


def test_a_phone_is_a_coin_once_and_rolls_for_a_game(room, phone, screen):
    room.show(COIN, "open", 1, tally=coin_tally(0))
    page, wall = phone(), screen()
    seen(wall, "You are the coin.")
    flip = button(page, "Flip the coin")
    while not flip.evaluate("(node) => node === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    token = answered(room, page, "coin")["token"]
    assert token in load("fjord").tokenizer.pieces
    fallen = page.locator(".ll-fallen")
    expect(fallen).to_contain_text(token.strip())  # a word, without any sign
    strip = page.locator(".ll-coin-strip")
    expect(strip).to_have_attribute("aria-label", re.compile(r"coin fell at 0\.\d{3}"))
    page.get_by_role("button", name="Flipped").tap(force=True)
    sent = [one for one in room.said["phone"] if one["type"] == "answer"]
    assert len(sent) == 1, "a coin is flipped once"
    page.reload()
    expect(fallen).to_contain_text(token.strip())
    fits_a_thumb(page)

    room.show(COIN, "shown", 1, tally=coin_tally(CROWD))
    expect(wall.locator(".ll-twins thead th").last).to_have_text(f"You: {CROWD}")
    rows = wall.locator(".ll-twins tbody tr")
    expect(rows.first).to_contain_text("44\u00a0%")
    counts = rows.locator("td:last-child").all_inner_texts()
    assert sum(map(int, counts)) == CROWD, "every flip has its row"
    cells = wall.locator(".ll-twins :is(td:nth-child(n + 3), thead th)")
    assert cells.evaluate_all(CUT) == []
    expect(wall.locator(".ll-stage")).not_to_contain_text("␣")
    looks_well(wall)

    room.show(step("game", {"text": "Deal out all cards.", "rolls": True}))
    button(page, "Roll a number").tap()
    expect(page.locator(".ll-rolled")).to_have_text(re.compile(r"^\d\d$"))


def test_a_word_is_written_or_chosen(room, phone, screen):
    room.show(WORD, "open", 1, tally={"answered": 0})
    page, wall = phone(), screen(color_scheme="dark")
    field = page.get_by_label("Write the next word")
    field.fill("  spooky   hut ")
    field.press("Enter")
    assert answered(room, page, "next_word") == {"word": "spooky hut"}
    button(page, "Show me some words").tap()
    offered = page.locator(".ll-offered button")
    expect(offered).to_have_count(6)
    chosen = offered.nth(2).inner_text()
    fits_a_thumb(page)
    offered.nth(2).tap()
    seen(page, f"Your word: {chosen}")
    page.wait_for_timeout(200)
    assert room.answers[1, "next_word", 1] == {"word": chosen}
    room.refuses = "bad"
    field.fill("Bo")
    field.press("Enter")
    expect(page.locator(".room-sent")).to_contain_text("was not understood")
    seen(page, f"Your word: {chosen}")

    room.show(WORD, "shown", 1, tally={"answered": 0, "words": []})
    seen(wall, "Nobody has answered.")
    room.count({"answered": 9, "words": [], "hidden": 9})
    seen(wall, "come onto the wall in a moment")
    all_words, words = wall.locator(".ll-word-wall"), wall.locator(".ll-word-wall li")
    long = [[f"{number:02} {37 * 'm'}", 1] for number in range(25)]
    room.count({"answered": 25, "words": long})
    expect(words).to_have_count(25)
    wall.evaluate(STILL)
    assert all_words.locator("b").all_inner_texts() == [word for word, _ in long]
    assert all_words.evaluate(OUTSIDE) == []
    tally = word_tally(CROWD)
    room.show(WORD, "reveal", 1, tally=tally, revealed={})
    seen(page, re.compile("Fjord gives your word a chance"))
    expect(wall.locator(".ll-heat")).to_be_visible()
    own = wall.locator(".ll-models-own")
    expect(own).to_have_count(3)
    for text in own.all_inner_texts():
        assert re.search(r"Fjord\s+[<>]?\d+\s%", text)
    different = {word.lower() for word, _ in tally["words"]}
    names = {text.lower() for text in words.locator("b").all_inner_texts()}
    assert different <= names and len(names) <= len(different) + 3
    looks_well(wall)
    assert all_words.evaluate(OUTSIDE) == []


def test_every_phone_writes_a_story_of_its_own(room, phone, screen):
    room.show(STORIES, "open", 1, tally={"answered": 0, "stories": []})
    page, late, wall = phone(), phone(), screen()
    seen(wall, "Only the coins differ.")
    button(page, "Write a story").tap()
    seen(page, re.compile("It takes 3 seconds at the most"))
    story = answered(room, page, "stories")
    own = page.locator(".ll-own-story")
    expect(own).to_have_text(PROMPT + "".join(story["pieces"]))
    expect(page.get_by_role("button", name="Write a story")).to_be_hidden()
    room.refuses = "closed"
    button(late, "Write a story").tap()
    expect(late.locator(".room-sent")).to_contain_text("Too late")
    unseen(late, "Your story is on the screen")
    *_, sent = (one for one in room.said["phone"] if one["type"] == "answer")
    assert sent["value"]["seed"] != story["seed"]

    tally = stories_tally(60)
    texts = ["".join(one["pieces"]) for one in tally["stories"]]
    room.count({"answered": 2, "stories": tally["stories"][:2]}, asked=60)
    expect(wall.locator(".ll-newest")).to_contain_text(texts[1])
    seen(wall, "takes about 3 seconds")
    room.count(tally)
    said = re.compile("60 stories.*All different after token")
    seen(wall, said)
    expect(wall.locator(".ll-block-counts li").first).to_have_text("3")
    looks_well(wall)
    large = wall.locator(".ll-large-story")
    room.show(STORIES, "open", 1, tally=tally, large=60)
    expect(large).to_contain_text(texts[-1])
    expect(wall.locator(".ll-blocks")).to_be_hidden()
    size = "(one) => parseFloat(getComputedStyle(one).fontSize) / innerHeight"
    assert large.evaluate(size) > 0.06, "it is read from the last row"
    reaches_the_last_row(wall)
    left = {"answered": 60, "stories": tally["stories"][:-1]}
    room.show(STORIES, "open", 1, tally=left, large=60)  # which the leader hides
    expect(large).to_be_hidden()
    expect(wall.locator(".ll-newest")).not_to_contain_text(texts[-1])


def test_phones_write_again_by_themselves_and_alike_at_0(room, phone, screen):
    room.show(AGAIN, "open", 1, tally=stories_tally(4, 1))
    pages, wall = [phone(), phone()], screen()
    said = "Temperature 0: 4 stories, and all are the same"
    seen(wall, said)
    first, second = (
        answered(room, page, "stories", 1, seat) for seat, page in enumerate(pages, 1)
    )
    assert first["pieces"] == second["pieces"] and first["seed"] != second["seed"]
    # a round that begins while a phone still writes is the one that counts
    page = pages[0]
    room.show(AGAIN, "open", 2)
    seen(page, re.compile("at temperature 0.7"))
    room.show(AGAIN, "open", 3)
    seen(page, re.compile("at temperature 2"))
    third = answered(room, page, "stories", 3)
    assert (1, "stories", 2) not in room.answers
    assert third["pieces"] != first["pieces"]


def test_half_answer_at_once_by_their_own_clock_and_half_in_steps(room, phone, screen):
    room.show(MARBLES, "ready", 0)
    steps, page, wall = phone(), phone(), screen()
    seen(steps, "You write the steps first")
    seen(page, "You answer at once: 3 seconds")
    reaches_the_last_row(wall)
    page.clock.set_fixed_time(0)  # three seconds are short where other tests run
    room.show(MARBLES, "open", 2, tally={"answered": 0})
    steps.get_by_label("The steps").fill("25 - 5 = 20")
    steps.get_by_role("textbox", name="Your answer").fill(f"{ANSWERS[1]} marbles")
    fits_a_thumb(steps)
    button(steps, "Send").tap()
    value = answered(room, steps, "marbles", 2)
    assert value == {"answer": ANSWERS[1], "steps": "25 - 5 = 20"}
    question = PROBLEMS[1].question
    seen(page, question)
    for key in ("4", "7", "1", "Take back the last digit", "Send"):
        button(page, key).tap()
    assert answered(room, page, "marbles", 2, seat=2) == {"answer": 47}
    page.clock.set_fixed_time(3)
    unseen(page, question)
    page.reload()
    seen(page, "Your answer: 47")
    unseen(page, question)
    fits_a_thumb(page)
    room.show(MARBLES, "open", 3, tally={"answered": 1})
    seen(wall, "Problem 3 of 6")
    unseen(wall, PROBLEMS[2].question)
    reaches_the_last_row(wall)
    typed = page.get_by_role("textbox", name="Your answer")
    typed.press_sequentially("12")  # and is not sent
    page.clock.set_fixed_time(6)
    seen(page, "Your answer: 12")
    assert room.answers[2, "marbles", 3] == {"answer": 12}

    revealed = {"answers": ANSWERS, "fjord": marble_problems()}
    room.show(MARBLES, "reveal", 6, revealed=revealed, tally=marbles_tally(CROWD))
    said = f"Problem 2: you said {ANSWERS[1]}, which is"
    seen(steps, said)
    assert steps.locator(".ll-marble-results .ll-is-right").count() == 1
    fits_a_thumb(steps)
    own, model = wall.locator(".ll-shares").all()
    expect(model).to_have_attribute("aria-label", re.compile(r"in steps: 1: 100\s%"))
    expect(own.locator(".ll-share-mark")).to_have_count(12)
    sizes = model.locator("text").evaluate_all(
        "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 32
    looks_well(wall)


def test_a_note_opens_the_book_for_one_half(room, phone, screen):
    shown, solution, note = book_parts()
    book, right = step("book", shown), shown["choices"][2]
    room.note = {"note": f"Note: {note}"}
    room.show(book, "open", 1, tally={"answered": 0})
    other, page, wall = phone(), phone(color_scheme="dark"), screen()
    button(page, shown["choices"][1]).tap()
    assert answered(room, page, "book", 1, seat=2) == 1
    fits_a_thumb(page)
    room.show(book, "shown", 1, tally=book_tally(CROWD))
    unseen(page, note)
    expect(wall.locator(".ll-twins tbody tr")).to_have_count(4)
    reaches_the_last_row(wall)
    room.show(book, "open", 2, tally={"answered": 0})
    seen(page, note)
    seen(other, "No note for you.")
    for one in (other, wall):
        unseen(one, note)
    # the first choice is marked, and chosen no more
    seen(page, "Your first choice")
    expect(page.locator("[aria-pressed=true]")).to_have_count(0)
    button(page, right).tap()
    assert answered(room, page, "book", 2, seat=2) == 2
    tally = book_tally(CROWD)
    room.show(book, "reveal", 2, tally=tally, revealed=solution)
    expect(page.locator("[data-verdict=right]")).to_contain_text(right)
    fits_a_thumb(page)
    with_note = wall.locator(".ll-twins tbody tr").last.locator("td")
    expect(with_note.nth(1)).to_have_text(re.compile(r"9\d\s%|>99\s%"))
    said = f"{tally['with']['right']} of {tally['with']['asked']}"
    expect(with_note.last).to_have_text(said)
    seen(wall, re.compile(rf"and {right} with it"))
    looks_well(wall)


def test_a_guess_before_and_after_the_talk(room, phone, screen):
    room.show(guess(), "open", 1, left=40, tally={"answered": 3})
    page, wall = phone(), screen()
    choices = page.get_by_role("group").get_by_role("button")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"0:[34]\d"))
    expect(wall.locator(".room-counts")).to_have_text("3 of 3 have answered")
    bars = wall.locator(".room-bars i:visible")
    expect(bars).to_have_count(0)  # nobody is led by others
    room.count({"answered": 5})
    expect(wall.locator(".room-counts")).to_have_text("5 of 5 have answered")
    choices.nth(0).tap()
    choices.nth(1).tap()
    expect(choices.nth(0)).to_have_attribute("aria-pressed", "false")
    sent = page.locator(".room-sent")
    expect(sent).to_have_text("Your answer has arrived.")
    page.wait_for_timeout(400)
    assert room.answers == {(1, "guess", 1): 1}
    fits_a_thumb(page)
    room.refuses = "late"
    choices.nth(0).tap()  # and is taken back
    expect(sent).to_contain_text("Too late")
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    room.refuses = ""
    page.reload()
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(sent).to_have_text("Your answer has arrived.")
    room.show(guess(), "shown", 1, tally={"before": [9, 11, 5]})
    expect(choices.nth(0)).to_have_attribute("aria-disabled", "true")
    choices.nth(0).tap(force=True)  # which is off
    numbers = wall.locator(".room-numbers").nth(1)
    expect(numbers).to_have_text("11")
    no_barriers(wall)
    room.show(guess(), "open", 2)
    expect(choices.nth(1)).to_contain_text("Your first choice")
    choices.nth(0).press("Enter")
    expect(choices.nth(0)).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(400)
    assert room.answers == {(1, "guess", 1): 1, (1, "guess", 2): 0}
    room.show(guess(), "reveal", 2, revealed=hidden(), tally=GUESS_TALLY)
    expect(choices.nth(1)).to_contain_text("✓ Right")
    expect(choices.nth(0)).to_contain_text("Your choice")
    seen(page, "Steady is not the same as right")
    page.mouse.move(0, 0)
    fits_a_thumb(page)
    expect(numbers).to_have_text("11 → 20")
    seen(wall, "✓ Mostly wrong, and the same each time")
    expect(bars).to_have_count(6)  # before, and after
    looks_well(wall)


def test_the_slider_of_a_phone_and_of_the_room(room, phone, screen):
    room.show(HEAT, "open", 1, tally={"answered": 0, "median": None, "values": []})
    page, wall = phone(color_scheme="dark"), screen()
    slider = page.get_by_role("slider", name="Your temperature")
    bars, first = (
        page.locator(".ll-bars tbody"),
        wall.locator(".ll-bars tbody tr").first,
    )
    for one in (bars, first):
        expect(one).to_contain_text("girl")  # the model is here, and so is the ending
    at_one, of_room = bars.inner_text(), first.inner_text()
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "2.00")
    expect(bars).not_to_have_text(at_one)
    page.wait_for_timeout(600)
    sent = [one["value"] for one in room.said["phone"] if one["type"] == "answer"]
    assert sent[-1] == 2 and len(sent) < 15
    page.keyboard.press("Home")
    expect(bars.locator("tr").first).to_contain_text("100\u00a0%")
    fits_a_thumb(page)
    seen(wall, "Turn the temperature on your phone.")
    room.show(HEAT, "shown", 1, tally=HEAT_TALLY)
    expect(slider).to_be_disabled()
    said = "The room: 0.90. Half of you: 0.60 to 0.95."
    seen(wall, said)
    expect(first).not_to_have_text(of_room)
    room.count(HEAT_TALLY | {"median": 0})
    expect(first).to_contain_text("100\u00a0%")
    expect(wall.locator(".ll-heat-dots circle")).to_have_count(len(VALUES))
    looks_well(wall)


def test_ten_questions_and_what_was_gained(room, phone, screen):
    (before, _), (after, reveals) = ten("before"), ten("after")
    right = reveals["right"]
    room.answers[1, "ten-before", 1] = [*right[:2], *8 * [None]]
    room.show(after, "open", 1, left=240, tally={"answered": 9})
    page, wall = phone(), screen()
    seen(wall, "The same 10 questions once more.")
    choices = page.get_by_role("group").get_by_role("button")
    for place in range(10):
        seen(page, f"Question {place + 1} of 10")
        if place == 3:
            button(page, "Leave it out").tap()
            continue
        wanted = right[place] if place % 2 else (right[place] + 1) % 3
        choices.nth(wanted).tap()
        if place == 4:
            page.wait_for_timeout(800)  # in which it has arrived
            page.reload()  # the answers so far are back, and the first open question
            seen(page, "Question 4 of 10")
            button(page, "Leave it out").tap()
        if place < 9:
            button(page, "Next").tap()
    seen(page, "You have left out 1")
    fits_a_thumb(page)
    page.wait_for_timeout(500)
    last = room.answers[1, "ten-after", 1]
    assert last[3] is None and sum(one is not None for one in last) == 9

    means = [np.average(range(11), weights=one) for one in (SCORES, LATER)]
    once: dict[str, Any] = {"before": {"n": 25, "scores": SCORES}, "after": {"n": 0}}
    once["after"]["scores"] = []
    room.show(before, "shown", 1, tally=once)
    seen(wall, f"On average, {means[0]:.1f} were right")
    expect(wall.locator(".room-legend")).to_be_hidden()
    reaches_the_last_row(wall)
    room.show(after, "reveal", 1, revealed=reveals, tally=TEN_TALLY)
    seen(page, "Before: 2 of 10 right. Now: 4.")
    expect(page.locator(".room-solutions li")).to_have_count(10)
    fits_a_thumb(page)
    told = f"On average, {means[0]:.1f} right before and {math.floor(means[1])}."
    seen(wall, "+2.4 right answers each, for the 23")
    seen(wall, told)
    looks_well(wall)
