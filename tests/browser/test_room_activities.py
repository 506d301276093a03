"""What a room plays with the model on every phone, in its phones and on its screen."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from llm_lessons.fjordby.varied import marbles
from llm_lessons.language_model.loading import load
from tests.browser.made_page import no_barriers
from tests.browser.room_looks import fits_a_thumb, reaches_the_last_row
from tests.browser.room_moments import (
    PROMPT,
    book_parts,
    book_tally,
    coin_tally,
    long_words,
    marble_problems,
    marbles_tally,
    step,
    stories_tally,
    word_tally,
)
from tests.browser.room_steps import HEAT
from tests.browser.stand_in_room import StandInRoom
from tests.rest import rest

SHOWN = {"prompt": PROMPT}
STORIES = SHOWN | {"least": 40, "tokens": 60, "temperatures": [1]}
AGAIN = STORIES | {"temperatures": [0, 2, 0.7]}
PROBLEMS = [marbles.held_out(1, k, seed=9)[0] for k in range(1, 7)]
MARBLES = {
    "problems": [{"question": one.question} for one in PROBLEMS],
    "seconds": {"once": 3, "steps": 60},
}
ANSWERS = [int(one.answer) for one in PROBLEMS]
SIZES = [(1280, 720), *rest((1024, 768), (1920, 1080))]
BY_TOUCH = ["touch", *rest("keys")]
BY_KEYS = ["keys", *rest("touch")]


def seen(page: Page, text: str | re.Pattern[str]) -> Locator:
    """A text of the activity; a screen reader may have heard it, too."""
    return page.locator(".ll-stage").get_by_text(text)


def press(page: Page, name: str, way: str) -> None:
    """Press a button with a finger, or reach it by Tab and press Enter."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).not_to_have_attribute("aria-disabled", "true")
    if way == "touch":
        button.tap()
        return
    for _ in range(40):
        if button.evaluate("(node) => node === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")


def answered(
    room: StandInRoom, page: Page, kind: str, number: int = 1, seat: int = 1
) -> Any:
    """What a phone has answered, once it has arrived."""
    expect(page.get_by_text("Your answer has arrived.")).to_be_visible()
    return room.answers[seat, kind, number]


@pytest.mark.parametrize(
    ("way", "scheme"), [("touch", "light"), *rest(("keys", "dark"))]
)
def test_a_phone_is_a_coin_once_and_rolls_for_a_game(room, phone, way, scheme):
    room.show(step("coin", SHOWN), "open", 1)
    page = phone(color_scheme=scheme)
    press(page, "Flip the coin", way)
    token = answered(room, page, "coin")["token"]
    assert token in (load("fjord").tokenizer.decode([i]) for i in range(2048))
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
    room.show(step("game", {"text": "Deal out all cards.", "rolls": True}))
    press(page, "Roll a number", way)
    expect(page.locator(".ll-rolled")).to_have_text(re.compile(r"^\d\d$"))


@pytest.mark.parametrize("way", BY_KEYS)
def test_a_word_is_written_or_chosen(room, phone, way):
    room.show(step("next_word", SHOWN), "open", 1)
    page = phone()
    field = page.get_by_label("Write the next word")
    field.fill("  spooky   hut ")
    field.press("Enter")
    assert answered(room, page, "next_word") == {"word": "spooky hut"}
    press(page, "Show me some words", way)
    offered = page.locator(".ll-offered button")
    expect(offered).to_have_count(6)
    names = offered.all_inner_texts()
    fits_a_thumb(page)
    press(page, names[2], way)
    expect(seen(page, f"Your word: {names[2]}")).to_be_visible()
    page.wait_for_timeout(200)
    assert room.answers[1, "next_word", 1] == {"word": names[2]}
    room.refuses = "bad"
    field.fill("Bo")
    field.press("Enter")
    expect(page.locator(".room-sent")).to_contain_text("was not understood")
    expect(seen(page, f"Your word: {names[2]}")).to_be_visible()
    room.show(step("next_word", SHOWN), "reveal", 1, revealed={})
    expect(seen(page, re.compile("Fjord gives your word a chance"))).to_be_visible()


@pytest.mark.parametrize("way", BY_TOUCH)
def test_every_phone_writes_a_story_of_its_own(room, phone, way):
    room.show(step("stories", STORIES), "open", 1)
    page = phone()
    press(page, "Write a story", way)
    expect(seen(page, re.compile("It takes 6 seconds at the most"))).to_be_visible()
    story = answered(room, page, "stories")
    text = "".join(story["pieces"])
    expect(page.locator(".ll-own-story")).to_have_text(PROMPT + text)
    expect(page.get_by_role("button", name="Write a story")).to_be_hidden()
    late = phone()
    room.refuses = "closed"
    press(late, "Write a story", "keys")
    expect(late.locator(".room-sent")).to_contain_text("Too late")
    expect(late.get_by_text("Your story is on the screen")).to_have_count(0)
    *_, sent = (one for one in room.said["phone"] if one["type"] == "answer")
    assert sent["value"]["seed"] != story["seed"]


def test_phones_write_again_by_themselves_and_alike_at_0(room, phone):
    room.show(step("stories", AGAIN), "open", 1)
    pages = [phone(), phone()]
    for page in pages:
        expect(page.get_by_role("button", name="Write a story")).to_be_hidden()
    first, second = (
        answered(room, page, "stories", 1, seat) for seat, page in enumerate(pages, 1)
    )
    assert first["pieces"] == second["pieces"] and first["seed"] != second["seed"]
    # a round that begins while a phone still writes is the one that counts
    room.show(step("stories", AGAIN), "open", 2)
    expect(seen(pages[0], re.compile("at temperature 2"))).to_be_visible()
    room.show(step("stories", AGAIN), "open", 3)
    expect(seen(pages[0], re.compile("at temperature 0.7"))).to_be_visible()
    expect(pages[0].get_by_text("Your answer has arrived.")).to_be_visible()
    assert (1, "stories", 2) not in room.answers
    assert room.answers[1, "stories", 3]["pieces"] != first["pieces"]


@pytest.mark.parametrize("way", BY_TOUCH)
def test_half_answer_at_once_by_their_own_clock_and_half_in_steps(room, phone, way):
    room.show(step("marbles", MARBLES), "ready", 0)
    steps, page = phone(), phone()
    expect(seen(steps, "You write the steps first")).to_be_visible()
    expect(seen(page, "You answer at once: 3 seconds")).to_be_visible()
    page.clock.set_fixed_time(0)  # three seconds are short where other tests run
    room.show(step("marbles", MARBLES), "open", 2)
    expect(seen(steps, PROBLEMS[1].question)).to_be_visible()
    steps.get_by_label("The steps").fill("25 - 5 = 20")
    steps.get_by_role("textbox", name="Your answer").fill(f"{ANSWERS[1]} marbles")
    fits_a_thumb(steps)
    press(steps, "Send", "keys")
    value = answered(room, steps, "marbles", 2)
    assert value == {"answer": ANSWERS[1], "steps": "25 - 5 = 20"}
    question = seen(page, PROBLEMS[1].question)
    expect(question).to_be_visible()
    if way == "touch":
        for key in ("4", "7", "1"):
            page.get_by_role("button", name=key, exact=True).tap()
        page.get_by_role("button", name="Take back the last digit").tap()
        page.get_by_role("button", name="Send").tap()
    else:
        page.get_by_role("textbox", name="Your answer").press_sequentially("47")
        page.get_by_role("textbox", name="Your answer").press("Enter")
    assert answered(room, page, "marbles", 2, seat=2) == {"answer": 47}
    expect(question).to_be_visible()
    page.clock.set_fixed_time(3)
    expect(question).to_be_hidden()
    page.reload()
    expect(seen(page, "Your answer: 47")).to_be_visible()
    expect(question).to_be_hidden()
    fits_a_thumb(page)
    room.show(step("marbles", MARBLES), "open", 3)
    typed = page.get_by_role("textbox", name="Your answer")
    typed.press_sequentially("12")  # and is not sent
    page.clock.set_fixed_time(6)
    expect(seen(page, "Your answer: 12")).to_be_visible()
    assert room.answers[2, "marbles", 3] == {"answer": 12}
    revealed = {"answers": ANSWERS, "fjord": []}
    room.show(step("marbles", MARBLES), "reveal", 6, revealed=revealed)
    said = f"Problem 2: you said {ANSWERS[1]}, which is"
    expect(seen(steps, said)).to_be_visible()
    assert steps.locator(".ll-marble-results .ll-is-right").count() == 1
    fits_a_thumb(steps)


@pytest.mark.parametrize(
    ("way", "scheme"), [("keys", "dark"), *rest(("touch", "light"))]
)
def test_a_note_opens_the_book_for_one_half(room, phone, way, scheme):
    shown, hidden, note = book_parts()
    room.note = {"note": f"Note: {note}"}
    room.show(step("book", shown), "open", 1)
    other = phone()
    page = phone(color_scheme=scheme)  # the second one, whose half gets it
    press(page, shown["choices"][1], way)
    assert answered(room, page, "book", 1, seat=2) == 1
    expect(page.locator("[aria-pressed=true]")).to_contain_text(shown["choices"][1])
    fits_a_thumb(page)
    room.show(step("book", shown), "shown", 1)
    expect(seen(page, note)).to_be_hidden()
    room.show(step("book", shown), "open", 2)
    expect(seen(page, note)).to_be_visible()
    expect(seen(other, "No note for you.")).to_be_visible()
    expect(seen(other, note)).to_be_hidden()
    # the first choice is marked, and chosen no more
    expect(seen(page, "Your first choice")).to_be_visible()
    expect(page.locator("[aria-pressed=true]")).to_have_count(0)
    press(page, shown["choices"][2], way)
    assert answered(room, page, "book", 2, seat=2) == 2
    room.show(step("book", shown), "reveal", 2, revealed=hidden)
    right = page.locator("[data-verdict=right]")
    expect(right).to_contain_text("✓ Right")
    expect(right).to_contain_text(shown["choices"][2])
    fits_a_thumb(page)


def coins_of(room: StandInRoom, page: Page, people: int) -> None:
    """So many people flip a coin."""
    tally = coin_tally(load("fjord"), people)
    room.show(step("coin", SHOWN), "open", 1, tally=tally, left=40)
    house = page.locator(".ll-twins tbody tr").first
    expect(house).to_contain_text("44\u00a0%")
    expect(page.locator(".ll-stage")).not_to_contain_text("␣")
    if people:
        count = tally["drawn"].get(" house", 0)
        expect(house.locator("td").last).to_have_text(str(count))
    else:
        expect(seen(page, "You are the coin.")).to_be_visible()
    reaches_the_last_row(page)
    room.show(step("coin", SHOWN), "shown", 1, tally=tally)
    if people:
        heads = page.locator(".ll-twins thead th").last
        expect(heads).to_have_text(f"You: {people}")
        counts = page.locator(".ll-twins tbody td:last-child").all_inner_texts()
        assert sum(map(int, counts)) == people, "every flip has its row"
        cells = page.locator(".ll-twins :is(td:nth-child(n + 3), thead th)")
        assert cells.evaluate_all(CUT) == []
    reaches_the_last_row(page)


def words_of(room: StandInRoom, page: Page, people: int) -> None:
    """So many people have written a word each."""
    a_step, tally = step("next_word", SHOWN), word_tally(people)
    room.show(a_step, "open", 1, tally={"answered": people}, left=40)
    said = f"{people} of {people} phones have answered"
    expect(page.locator(".ll-so-far")).to_have_text(said)
    room.show(a_step, "shown", 1, tally=tally)
    if not people:
        expect(seen(page, "Nobody has answered.")).to_be_visible()
        room.show(a_step, "reveal", 1, tally=tally, revealed={})
        expect(page.locator(".ll-models-own")).to_have_count(3)
        return
    room.count({"answered": people, "words": [], "hidden": people})
    expect(seen(page, "come onto the wall in a moment")).to_be_visible()
    room.count(tally)
    words = page.locator(".ll-word-wall li")
    different = {word.lower() for word, _ in tally["words"]}
    expect(words).to_have_count(len(different))
    expect(page.locator(".ll-wall-chance:visible")).to_have_count(0)
    reaches_the_last_row(page)
    long = long_words(25)
    room.count(long)
    wall = page.locator(".ll-word-wall")
    expect(words).to_have_count(25)
    page.wait_for_timeout(200)
    assert wall.locator("b").all_inner_texts() == [word for word, _ in long["words"]]
    assert wall.evaluate(OUTSIDE) == []
    room.show(a_step, "reveal", 1, tally=tally, revealed={})
    expect(page.locator(".ll-heat")).to_be_visible()
    own = page.locator(".ll-models-own")
    expect(own).to_have_count(3)
    for text in own.all_inner_texts():
        assert re.search(r"Fjord\s+[<>]?\d+\s%", text)
    names = {text.lower() for text in words.locator("b").all_inner_texts()}
    assert different <= names and len(names) <= len(different) + 3
    expect(page.locator(".ll-word-wall li", has_text="village")).to_contain_text("%")
    page.wait_for_timeout(300)
    assert wall.evaluate(OUTSIDE) == []
    reaches_the_last_row(page)


CUT = """(cells) => cells.filter((cell) =>
  cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent)"""
# Whatever stands in a word: it is all on the screen, and nothing is cut.
OUTSIDE = """(wall) => [...wall.querySelectorAll('li, b')].filter((one) => {
  const [own, all] = [one, wall].map((node) => node.getBoundingClientRect());
  return own.right > all.right + 1 || own.bottom > all.bottom + 1 ||
    own.left < all.left - 1 || own.top < all.top - 1;
}).map((one) => one.textContent)"""


def stories_of(room: StandInRoom, page: Page, people: int) -> None:
    """So many people write a story each; one of them is hidden then."""
    a_step, tally = step("stories", STORIES), stories_tally(load("fjord"), people)
    room.show(a_step, "open", 1, tally={"answered": 0, "stories": []}, left=40)
    expect(seen(page, "Only the coins differ.")).to_be_visible()
    if not people:
        return
    told = tally["stories"][:2]
    room.count({"answered": 2, "stories": told}, asked=people)
    newest = "".join(told[-1]["pieces"][:24])
    expect(page.locator(".ll-newest")).to_contain_text(newest)
    expect(seen(page, "takes about 6 seconds")).to_be_visible()
    room.count(tally)
    texts = ["".join(one["pieces"]) for one in tally["stories"]]
    is_all = len(set(texts)) == people
    said = "All different after token" if is_all else "of them different to the end"
    expect(seen(page, re.compile(f"{people} stories.*{said}"))).to_be_visible()
    firsts = {one["pieces"][0] for one in tally["stories"]}
    expect(page.locator(".ll-block-counts li").first).to_have_text(str(len(firsts)))
    reaches_the_last_row(page)
    large = page.locator(".ll-large-story")
    room.show(a_step, "open", 1, tally=tally, large=people)
    expect(large).to_contain_text(texts[-1].rstrip())
    expect(page.locator(".ll-blocks")).to_be_hidden()
    size = "(one) => [parseFloat(getComputedStyle(one).fontSize), innerHeight]"
    letters, high = large.evaluate(size)
    assert letters > 0.06 * high, "it is read from the last row"
    reaches_the_last_row(page)
    hidden = {"answered": people, "stories": tally["stories"][:-1]}
    room.show(a_step, "open", 1, tally=hidden, large=people)  # which the leader hides
    expect(large).to_be_hidden()
    expect(page.locator(".ll-newest")).not_to_contain_text(texts[-1][:40])
    alike = stories_tally(load("fjord"), 4, temperature=0)
    room.show(step("stories", AGAIN), "open", 1, tally=alike)
    said = "Temperature 0: 4 stories, and all are the same"
    expect(seen(page, said)).to_be_visible()


def marbles_of(room: StandInRoom, page: Page, people: int) -> None:
    """So many people add marbles up, half of them in steps."""
    a_step = step("marbles", MARBLES)
    room.show(a_step, "ready", 0)
    expect(seen(page, "Half of you write the steps first.")).to_be_visible()
    reaches_the_last_row(page)
    room.show(a_step, "open", 3, tally={"answered": people}, left=40)
    expect(seen(page, "Problem 3 of 6")).to_be_visible()
    expect(seen(page, PROBLEMS[2].question)).to_have_count(0)
    reaches_the_last_row(page)
    hidden = {"answers": ANSWERS, "fjord": marble_problems(1)}
    tally = marbles_tally(people)
    room.show(a_step, "reveal", 6, tally=tally, revealed=hidden)
    expect(seen(page, "One half had room to write")).to_be_visible()
    own, model = page.locator(".ll-shares").all()
    expect(model).to_have_attribute("aria-label", re.compile(r"in steps: 1: 100\s%"))
    sizes = model.locator("text").evaluate_all(
        "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 32
    marks = own.locator(".ll-share-mark").count()
    assert marks == (12 if people else 0)
    reaches_the_last_row(page)


def book_of(room: StandInRoom, page: Page, people: int) -> None:
    """So many people guess a town, and half of them read a note then."""
    shown, hidden, note = book_parts()
    a_step, tally = step("book", shown), book_tally(people)
    room.show(a_step, "open", 1, tally={"answered": people}, left=40)
    expect(page.locator(".ll-book-towns li").first).to_have_text(shown["choices"][0])
    room.show(a_step, "shown", 1, tally=tally)
    expect(page.locator(".ll-twins tbody tr")).to_have_count(4)
    reaches_the_last_row(page)
    room.show(a_step, "open", 2, tally={"answered": people}, left=40)
    expect(seen(page, note)).to_have_count(0)
    room.show(a_step, "reveal", 2, tally=tally, revealed=hidden)
    with_note = page.locator(".ll-twins tbody tr").last
    expect(with_note.locator("td").nth(1)).to_have_text(re.compile(r"9\d\s%|>99\s%"))
    if people:
        right, asked = tally["with"]["right"], tally["with"]["asked"]
        expect(with_note.locator("td").last).to_have_text(f"{right} of {asked}")
    expect(seen(page, re.compile(rf"and {hidden['town']} with it"))).to_be_visible()
    reaches_the_last_row(page)


# Of few, the whole evening of test_room_evening.py tells.
CROWDS = {
    "coin": (coins_of, 200),
    "next_word": (words_of, 200),
    "stories": (stories_of, 60),
    "marbles": (marbles_of, 200),
    "book": (book_of, 200),
}


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("kind", CROWDS)
def test_what_a_crowd_did_stands_beside_the_model(room, screen, kind, width, height):
    show, most = CROWDS[kind]
    shown = {"stories": STORIES, "marbles": MARBLES, "book": book_parts()[0]}
    phase = "ready" if kind == "marbles" else "shown"
    room.show(step(kind, shown.get(kind, SHOWN)), phase)
    scheme = "dark" if kind == "next_word" else "light"
    page = screen(width, height, color_scheme=scheme)
    for people in (0, most):
        show(room, page, people)
    page.wait_for_timeout(300)  # bars have grown
    no_barriers(page)


class TestWithoutTheModel:
    """Its file did not arrive: each page says so, and what needs no model goes on."""

    @pytest.fixture
    def fjord_script(self) -> Path | None:
        return None

    def test_phones(self, room, phone):
        room.show(step("coin", SHOWN), "open", 1)
        page = phone()
        missing = seen(page, "Fjord, the class model, did not arrive")
        expect(missing).to_be_visible()
        flip = page.get_by_role("button", name="Flip the coin")
        expect(flip).to_have_attribute("aria-disabled", "true")
        no_barriers(page)
        room.show(step("stories", STORIES), "open", 1)
        expect(missing).to_be_visible()
        room.show(HEAT, "open", 1)
        expect(page.get_by_text("Fjord, the class model, did not arr")).to_be_visible()
        page.get_by_role("slider").press("Home")
        page.wait_for_timeout(500)
        assert room.said["phone"][-1]["value"] == 0
        room.show(step("next_word", SHOWN), "open", 1)
        page.get_by_label("Write the next word").fill("hut")
        press(page, "Send", "touch")
        assert answered(room, page, "next_word") == {"word": "hut"}
        expect(seen(page, "Show me some words")).to_be_hidden()

    def test_the_screen(self, room, screen):
        tally = coin_tally(load("fjord"), 25)
        room.show(step("coin", SHOWN), "open", 1, tally=tally)
        page = screen()
        missing = seen(page, "Fjord, the class model, did not arrive")
        expect(missing).to_be_visible()
        expect(page.locator(".ll-twins tbody tr").first).to_contain_text("house")
        room.show(step("next_word", SHOWN), "reveal", 1, tally=word_tally(25))
        expect(page.locator(".ll-word-wall li").first).to_contain_text("castle")
        expect(missing).to_be_visible()
        hidden = {"answers": ANSWERS, "fjord": marble_problems(1)}
        shown = {"tally": marbles_tally(25), "revealed": hidden}
        room.show(step("marbles", MARBLES), "reveal", 6, **shown)
        expect(missing).to_be_visible()
        expect(page.locator(".ll-share-mark")).to_have_count(12)
