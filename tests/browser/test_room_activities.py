"""What a room plays, an activity a test: on its phones, and then on its screen."""

import re
from statistics import mean, quantiles
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from llm_lessons.language_model.loading import load
from tests.browser.made_page import button, no_barriers
from tests.browser.played_room import CROWD, LEAD, PlayedRoom, mixed, tables, votes
from tests.browser.room_looks import (
    STILL,
    fits_a_thumb,
    looks_well,
    reaches_the_last_row,
    seen,
    unseen,
)

PEOPLE = 200  # in a crowd
LIKELY = ("house", "village", "castle", "Village", "forest", "cottage", "cave")
ODD = ("spaceship", "tiny flat", "tree", "jungle", "nice town", "shoe", "hut")
HEATS = [0.35, 0.4, 0.5, 0.6, 0.75, 0.85, 0.9, 0.9, 0.9, 0.95, 0.95, 1.0, 1.2, 1.75]
SUMS = 2  # of marbles, that the screen's model is asked both ways
# Whatever stands in a word: it is all on the screen, and nothing is cut.
OUTSIDE = """(wall) => [...wall.querySelectorAll('li, b')].filter((one) => {
  const [own, all] = [one, wall].map((node) => node.getBoundingClientRect());
  return own.right > all.right + 1 || own.bottom > all.bottom + 1 ||
    own.left < all.left - 1 || own.top < all.top - 1;
}).map((one) => one.textContent)"""
CUT = """(cells) => cells.filter((cell) =>
  cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent)"""


@pytest.fixture
def played() -> list[dict[str, Any]]:
    """All evenings; at the marbles the screen's model has little to calculate."""

    def shorten(decks: list[dict[str, Any]]) -> None:
        for deck in decks:
            for step in deck["steps"]:
                if step["kind"] == "marbles":
                    del step["hidden"]["fjord"][SUMS:]

    return tables(shorten)


def answered(room: PlayedRoom, page: Page, slot: int = 1, seat: int = 1) -> Any:
    """What a phone has answered, once it has arrived."""
    expect(page.locator(".room-sent")).to_have_text("Your answer has arrived.")
    return room.answers(slot)[seat]


def test_a_name_is_known_while_it_stands_in_the_text(room, phone, screen):
    wall, page = screen(), phone()
    room.go("chat")
    seen(wall, "Tell Fjord a name")
    read = page.locator(".ll-chat-on-phone blockquote")
    page.get_by_label("A name, yours or another").fill("Ida")
    button(page, "Tell Fjord").tap()
    expect(read).to_have_text(re.compile(r"User: My name is Ida\.\s*Fjord: .+Ida"))
    button(page, "Ask: What is my name?").tap()
    expect(read).to_have_text(re.compile(r"name\?\s*Fjord: Your name is Ida\.$"))
    no_barriers(page)
    button(page, "Take the name out of the text").tap()
    expect(read).to_be_empty()
    button(page, "Ask once more").tap()
    expect(read).to_have_text(re.compile(r"^User: What is my name\?\s*Fjord: .+"))
    assert answered(room, page) == {"kept": True, "gone": False}
    assert "Ida" not in read.inner_text()
    room.next()
    seen(wall, "With the name in the text, 1 of 1 heard it. Without it, 0.")
    looks_well(wall)


def test_a_phone_is_a_coin_once_and_rolls_for_a_game(room, phone, screen):
    page, wall = phone(), screen()
    room.go("arrival")
    seen(wall, "You are the coin.")
    flip = button(page, "Flip the coin")
    while not flip.evaluate("(node) => node === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    token = answered(room, page)["token"]
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

    pieces = [" house", " house", " house", " village", " castle", " small", "\n"]
    room.crowd({"token": pieces[n % 7]} for n in range(PEOPLE))
    room.next()
    expect(wall.locator(".ll-twins thead th").last).to_have_text(f"You: {PEOPLE + 1}")
    rows = wall.locator(".ll-twins tbody tr")
    expect(rows.first).to_contain_text("44\u00a0%")
    counts = rows.locator("td:last-child").all_inner_texts()
    assert sum(map(int, counts)) == PEOPLE + 1, "every flip has its row"
    cells = wall.locator(".ll-twins :is(td:nth-child(n + 3), thead th)")
    assert cells.evaluate_all(CUT) == []
    expect(wall.locator(".ll-stage")).not_to_contain_text("␣")
    looks_well(wall)

    room.go("be-the-model")
    button(page, "Roll a number").tap()
    expect(page.locator(".ll-rolled")).to_have_text(re.compile(r"^\d\d$"))


def test_a_word_is_written_or_chosen(room, phone, screen):
    page, wall = phone(), screen(color_scheme="dark")
    room.go("next-word", 1)
    seen(wall, "Nobody has answered.")
    room.act(do="back")
    field = page.get_by_label("Write the next word")
    field.fill("  spooky   hut ")
    field.press("Enter")
    assert answered(room, page) == {"word": "spooky hut"}
    button(page, "Show me some words").tap()
    offered = page.locator(".ll-offered button")
    expect(offered).to_have_count(6)
    chosen = offered.nth(2).inner_text()
    fits_a_thumb(page)
    offered.nth(2).tap()
    seen(page, f"Your word: {chosen}")
    expect(page.locator(".room-sent")).to_have_text("Your answer has arrived.")
    page.wait_for_timeout(200)
    assert room.answers() == {1: {"word": chosen}}
    field.fill("\u2800")  # a letter without ink
    field.press("Enter")
    expect(page.locator(".room-sent")).to_contain_text("was not understood")
    seen(page, f"Your word: {chosen}")

    room.next()
    seen(wall, "come onto the wall in a moment")
    room.act(do="back")
    all_words, words = wall.locator(".ll-word-wall"), wall.locator(".ll-word-wall li")
    long = [f"{number:02} {37 * 'm'}" for number in range(25)]
    room.crowd({"word": word} for word in long)
    room.next()
    room.act(do="show_all")
    expect(words).to_have_count(26)
    wall.evaluate(STILL)
    assert {*all_words.locator("b").all_inner_texts()} == {chosen, *long}
    assert all_words.evaluate(OUTSIDE) == []
    room.act(do="back")
    written = [(*LIKELY * 4, *ODD)[n % 35] for n in range(PEOPLE)]
    room.crowd({"word": word} for word in written)
    room.act(do="show_all")
    room.go("next-word", 2)
    seen(page, re.compile("Fjord gives your word a chance"))
    expect(wall.locator(".ll-heat")).to_be_visible()
    own = wall.locator(".ll-models-own")
    expect(own).to_have_count(3)
    for text in own.all_inner_texts():
        assert re.search(r"Fjord\s+[<>]?\d+\s%", text)
    different = {word.lower() for word in (*written, chosen)}
    names = {text.lower() for text in words.locator("b").all_inner_texts()}
    assert different <= names and len(names) <= len(different) + 3
    looks_well(wall)
    assert all_words.evaluate(OUTSIDE) == []


def test_every_phone_writes_a_story_of_its_own(room, phone, screen):
    room.go("stories")
    page, late, wall = phone(), phone(), screen()
    seen(wall, "Only the coins differ.")
    button(page, "Write a story").tap()
    seen(page, re.compile(r"It takes \d+ seconds at the most"))
    story = answered(room, page)
    own = page.locator(".ll-own-story")
    expect(own).to_have_text(room.step.shown["prompt"] + "".join(story["pieces"]))
    expect(page.get_by_role("button", name="Write a story")).to_be_hidden()
    seen(wall, re.compile(r"takes about \d+ seconds"))  # for the one that has not begun
    room.act(do="seconds", seconds=1)
    room.wait(4)
    button(late, "Write a story").tap()
    expect(late.locator(".room-sent")).to_contain_text("Too late")
    unseen(late, "Your story is on the screen")
    *_, sent = (one for one in room.said["phone"] if one["type"] == "answer")
    assert sent["value"]["seed"] != story["seed"]
    assert [*room.answers()] == [1]

    pieces = [" hut", " ship", " cave"]
    told = [
        [*(pieces[n // 3**digit % 3] for digit in range(4)), *pieces * 5]
        for n in range(60)
    ]
    room.act(do="seconds", seconds=60)
    room.crowd({"pieces": one, "seed": n} for n, one in enumerate(mixed(told)))
    texts = ["".join(one["pieces"]) for one in room.answers().values()]
    expect(wall.locator(".ll-newest")).to_contain_text(texts[-1])
    said = re.compile("60 stories.*All different after token")  # the last that came
    seen(wall, said)
    expect(wall.locator(".ll-block-counts li").first).to_have_text("3")
    looks_well(wall)
    large = wall.locator(".ll-large-story")
    last = CROWD + len(told) - 1
    room.act(do="large", seat=last)
    expect(large).to_contain_text(texts[-1])
    expect(wall.locator(".ll-blocks")).to_be_hidden()
    size = "(one) => parseFloat(getComputedStyle(one).fontSize) / innerHeight"
    assert large.evaluate(size) > 0.06, "it is read from the last row"
    reaches_the_last_row(wall)
    room.act(do="hide", seat=last, text=None)
    expect(large).to_be_hidden()
    expect(wall.locator(".ll-newest")).not_to_contain_text(texts[-1])


def test_phones_write_again_by_themselves_and_alike_at_0(room, phone, screen):
    room.go("stories-again")
    pages, wall = [phone(), phone()], screen()
    said = "Temperature 0: 2 stories, and all are the same"
    seen(wall, said)
    first, second = (
        answered(room, page, 1, seat) for seat, page in enumerate(pages, 1)
    )
    assert first["pieces"] == second["pieces"] and first["seed"] != second["seed"]
    # a round that begins while a phone still writes is the one that counts
    page = pages[0]
    room.next()
    seen(page, re.compile("at temperature 2"))
    room.next()
    seen(page, re.compile("at temperature 0.7"))
    third = answered(room, page, 3)
    assert 1 not in room.answers(2)
    assert third["pieces"] != first["pieces"]


def test_half_answer_at_once_by_their_own_clock_and_half_in_steps(room, phone, screen):
    room.go("marbles")
    steps, page, wall = phone(), phone(), screen()
    problems, right = room.step.shown["problems"], room.step.hidden["answers"]
    seen(steps, "You write the steps first")
    seen(page, "You answer at once: 8 seconds")
    reaches_the_last_row(wall)
    page.clock.set_fixed_time(0)  # eight seconds are short where other tests run
    room.next()
    _marbles_of_a_crowd(room, right[0])
    room.next()
    steps.get_by_label("The steps").fill("25 - 5 = 20")
    steps.get_by_role("textbox", name="Your answer").fill(f"{right[1]} marbles")
    fits_a_thumb(steps)
    button(steps, "Send").tap()
    assert answered(room, steps, 2) == {"answer": right[1], "steps": "25 - 5 = 20"}
    question = problems[1]["question"]
    seen(page, question)
    for key in ("4", "7", "1", "Take back the last digit", "Send"):
        button(page, key).tap()
    assert answered(room, page, 2, seat=2) == {"answer": 47}
    page.clock.set_fixed_time(8)
    unseen(page, question)
    page.reload()
    seen(page, "Your answer: 47")
    unseen(page, question)
    fits_a_thumb(page)
    _marbles_of_a_crowd(room, right[1])
    room.next()
    seen(wall, "Problem 3 of 6")
    unseen(wall, problems[2]["question"])
    reaches_the_last_row(wall)
    typed = page.get_by_role("textbox", name="Your answer")
    typed.press_sequentially("12")  # and is not sent
    page.clock.set_fixed_time(16)
    seen(page, "Your answer: 12")
    assert answered(room, page, 3, seat=2) == {"answer": 12}

    for answer in right[2:]:
        _marbles_of_a_crowd(room, answer)
        room.next()
    seen(steps, f"Problem 2: you said {right[1]}, which is")
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


def _marbles_of_a_crowd(room: PlayedRoom, right: int) -> None:
    """Who writes steps is right; who answers at once is right ever more rarely."""
    number = room.evening.moment.round
    room.crowd(
        {"answer": right if seat % 2 or seat % 14 >= 2 * number else 0}
        for seat in range(CROWD, CROWD + PEOPLE)
    )


def test_a_note_opens_the_book_for_one_half(room, phone, screen):
    room.go("book")
    other, page, wall = phone(), phone(color_scheme="dark"), screen()
    choices, hidden = room.step.shown["choices"], room.step.hidden
    [right], note = hidden["right"], room.step.note["note"]
    wrong = (right + 1) % 4
    button(page, choices[wrong]).tap()
    assert answered(room, page, seat=2) == wrong
    fits_a_thumb(page)
    room.crowd(n % 4 for n in range(PEOPLE))
    room.next()
    unseen(page, note)
    counts = [str(PEOPLE // 4 + (choice == wrong)) for choice in range(4)]
    expect(wall.locator(".room-numbers")).to_have_text(counts)
    reaches_the_last_row(wall)
    room.next()
    seen(page, note)
    seen(other, "No note for you.")
    for one in (other, wall):
        unseen(one, note)
    # the first choice is marked, and chosen no more
    seen(page, "Your first choice")
    expect(page.locator("[aria-pressed=true]")).to_have_count(0)
    button(page, choices[right]).tap()
    assert answered(room, page, 2, seat=2) == right
    # with the note, which even seats have, one in six is wrong; without it two in three
    crowd = range(CROWD, CROWD + PEOPLE)
    is_right = [seat % 12 != 0 if seat % 2 == 0 else seat % 3 == 0 for seat in crowd]
    room.crowd(right if one else wrong for one in is_right)
    room.next()
    expect(page.locator("[data-verdict=right]")).to_contain_text(choices[right])
    fits_a_thumb(page)
    rows = wall.locator(".ll-twins tbody tr")
    closed, without, with_note = (rows.nth(n).locator("td") for n in range(3))
    odd, even = is_right[::2], is_right[1::2]  # the crowd begins with an odd seat
    expect(closed.last).to_have_text(f"{PEOPLE // 4} of {PEOPLE + 1}")
    expect(without.last).to_have_text(f"{sum(odd)} of {len(odd)}")
    expect(with_note.last).to_have_text(f"{sum(even) + 1} of {len(even) + 1}")
    expect(with_note.nth(1)).to_have_text(re.compile(r"9\d\s%|>99\s%"))
    seen(wall, re.compile(rf"and {choices[right]} with it"))
    looks_well(wall)


def test_a_guess_before_and_after_the_talk(room, phone, screen):
    room.act(do="deck", deck="all_questions")
    room.go("guess-04-zero")
    page, wall = phone(), screen()
    choices = page.get_by_role("group").get_by_role("button")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"0:[34]\d"))
    room.crowd(votes(9, 0, 2))
    expect(wall.locator(".room-counts")).to_have_text("11 of 12 have answered")
    bars = wall.locator(".room-bars i:visible")
    expect(bars).to_have_count(0)  # nobody is led by others
    room.crowd(votes(9, 10, 5))
    expect(wall.locator(".room-counts")).to_have_text("24 of 25 have answered")
    choices.nth(0).tap()
    choices.nth(1).tap()
    expect(choices.nth(0)).to_have_attribute("aria-pressed", "false")
    sent = page.locator(".room-sent")
    expect(sent).to_have_text("Your answer has arrived.")
    page.wait_for_timeout(400)
    assert room.answers()[1] == 1
    fits_a_thumb(page)
    room.wait(43)
    choices.nth(0).tap()  # and is taken back
    expect(sent).to_contain_text("Too late")
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(sent).to_have_text("Your answer has arrived.")
    room.next()
    expect(choices.nth(0)).to_have_attribute("aria-disabled", "true")
    choices.nth(0).tap(force=True)  # which is off
    numbers = wall.locator(".room-numbers")
    expect(numbers).to_have_text(["9", "11", "5"])
    no_barriers(wall)
    room.next()
    expect(choices.nth(1)).to_contain_text("Your first choice")
    choices.nth(0).press("Enter")
    expect(choices.nth(0)).to_have_attribute("aria-pressed", "true")
    expect(sent).to_have_text("Your answer has arrived.")
    assert (room.answers(1)[1], room.answers(2)[1]) == (1, 0)
    room.crowd(votes(2, 20, 2))  # of these 8 changed their mind, and the phone did
    room.next()
    expect(choices.nth(1)).to_contain_text("✓ Right")
    expect(choices.nth(0)).to_contain_text("Your choice")
    seen(page, "Steady is not the same as right")
    page.mouse.move(0, 0)
    fits_a_thumb(page)
    expect(numbers).to_have_text(["9 → 3", "11 → 20", "5 → 2"])
    before, after = (votes(9, 10, 5), votes(2, 20, 2))
    changed = 1 + sum(a != b for a, b in zip(before, after, strict=True))
    seen(wall, f"{changed} of 25 changed their mind.")
    seen(wall, "✓ Mostly wrong, and the same each time")
    expect(bars).to_have_count(6)  # before, and after
    looks_well(wall)


def test_answers_are_trusted_or_checked_before_and_beside_repetitions(
    room, phone, screen, room_page
):
    room.go("trust")
    page, wall = phone(), screen(width=1024, height=768)
    lead = room_page(LEAD, width=1366, height=768)
    shown, hidden = room.step.shown, room.step.hidden
    right, again = hidden["right"], room.step.note["again"]
    rows = page.locator(".ll-trust-list li")
    expect(rows).to_have_count(len(right))

    def judge(stakes: list[int]) -> None:
        for one, stake in enumerate(stakes):
            rows.nth(one).get_by_role("button").nth((0, 1, 3).index(stake)).tap()
        page.evaluate("scrollTo(0, 0)")  # the page's head lies on what is scrolled

    always = [1] * len(right)
    judge(always)
    seen(page, "Done. You can still change them.")
    page.wait_for_timeout(400)  # each tap sends all of them
    assert answered(room, page) == always
    fits_a_thumb(page)
    no_barriers(page)
    room.crowd([[(seat + n) % 2 for n in range(len(right))] for seat in range(PEOPLE)])
    page.reload()  # and what was chosen is still chosen
    expect(rows.nth(0).get_by_role("button").nth(1)).to_have_attribute(
        "aria-pressed", "true"
    )
    for one in (page, wall):
        unseen(one, again[0][0] + " ·")
    reaches_the_last_row(wall)
    room.next()
    counts = wall.locator(".ll-trust-table tbody td:last-child")
    trusting = [PEOPLE // 2 + 1] * len(right)
    expect(counts).to_have_text([str(n) for n in trusting])
    expect(wall.locator("[data-verdict=right], [data-verdict=wrong]")).to_have_count(0)
    reaches_the_last_row(wall)

    room.next()
    late = phone()  # who comes now judges beside the repetitions alone
    for n, row in enumerate(again):
        expect(rows.nth(n)).to_contain_text(" · ".join(row))
        same = row.count(shown["answers"][n]["answer"])
        cells = wall.locator(".ll-trust-table tbody tr").nth(n).locator("td")
        expect(cells.nth(1)).to_have_text(f"{same} of {len(row)}")
    seen(late, "You may change your mind.")
    own = [3 if is_right else 0 for is_right in right]
    judge(own)
    expect(page.locator(".room-sent")).to_have_text("Your answer has arrived.")
    page.wait_for_timeout(400)
    assert room.answers(1)[1] == always and room.answers(2)[1] == own
    fits_a_thumb(page)
    reaches_the_last_row(wall)
    button(lead, "Show what is right →").click()
    wins, lost = sum(right), len(right) - sum(right)
    seen(page, f"Your points: {wins - lost} before the repetitions, {3 * wins} with")
    expect(page.locator("[data-verdict=wrong]")).to_have_count(lost)
    unseen(late, "Your points")
    fits_a_thumb(page)
    # the crowd stays with what it had; the phone trusts nothing wrong any more
    trusted = PEOPLE // 2 * lost
    of = (PEOPLE + 1) * lost
    said = f"Wrong answers trusted: {trusted + lost} of {of} before, {trusted} after."
    seen(wall, re.sub(r"\d{4,}", lambda one: f"{int(one[0]):,}", said))
    expect(counts).to_have_text(
        [
            f"{n} → {n if is_right else n - 1}"
            for n, is_right in zip(trusting, right, strict=True)
        ]
    )
    looks_well(wall)
    no_barriers(lead, wall)


def test_the_slider_of_a_phone_and_of_the_room(room, phone, screen):
    room.go("slider")
    page, wall = phone(color_scheme="dark"), screen()
    seen(wall, "Turn the temperature on your phone.")
    slider = page.get_by_role("slider", name="Your temperature")
    bars, first = (
        page.locator(".ll-bars tbody"),
        wall.locator(".ll-bars tbody tr").first,
    )
    for one in (bars, first):
        expect(one).to_contain_text("house")  # the model is here, and so is the ending
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
    expect(first).to_contain_text("100\u00a0%")  # 0 is where all of the room is
    fits_a_thumb(page)
    room.crowd(HEATS)
    room.next()
    expect(slider).to_be_disabled()
    low, middle, high = quantiles([0, *HEATS], method="inclusive")
    seen(wall, f"The room: {middle:.2f}. Half of you: {low:.2f} to {high:.2f}.")
    expect(first).not_to_have_text(of_room)
    expect(wall.locator(".ll-heat-dots circle")).to_have_count(1 + len(HEATS))
    looks_well(wall)


def survey_answers(room: PlayedRoom, right: int) -> dict[str, Any]:
    """What a phone answers that has the first so many right, and no others."""
    answers = list(room.step.hidden["right"].items())
    return {"code": "lamp-river-oak", "answers": dict(answers[:right])}


def test_six_questions_and_what_was_gained(room, phone, screen):
    room.go("survey-before")
    page, wall = phone(), screen()
    early, late = mixed([*range(5)] * 5)[:25], mixed([*range(2, 6)] * 7)[:25]
    room.crowd([survey_answers(room, 2)], first=1)
    room.crowd(survey_answers(room, right) for right in early)
    room.next()
    seen(wall, f"On average, {mean([2, *early]):.1f} of 5 were right")
    expect(wall.locator(".room-legend")).to_be_hidden()
    reaches_the_last_row(wall)

    room.go("survey-after")
    right = room.step.hidden["right"]
    seen(wall, "The same 6 questions once more.")
    seen(page, "Question 1 of 6")
    page.get_by_label("Your sentence").fill("It looks it up, I think.")
    fits_a_thumb(page)
    button(page, "Next").tap()
    seen(page, "Question 2 of 6")
    for one, use in enumerate(right["trust"]):
        row = page.locator(".room-judged li").nth(one)
        row.get_by_role("button", name="I use it" if use else "I check it").tap()
    fits_a_thumb(page)
    button(page, "Next").tap()
    choices = page.get_by_role("group").get_by_role("button")
    choices.nth(right["learns"]).tap()
    button(page, "Next").tap()
    button(page, "Leave it out").tap()
    choices.nth(right["steps"]).tap()
    page.wait_for_timeout(800)  # in which it has arrived
    page.reload()  # the answers so far are back, and the first open question
    seen(page, "Question 4 of 6")
    button(page, "Leave it out").tap()
    button(page, "Next").tap()
    choices.nth((right["context"] + 1) % 3).tap()
    seen(page, "You have left out 1")
    given = answered(room, page, 2)["answers"]
    assert given["source"] == "It looks it up, I think." and given["coin"] is None
    assert given["trust"] == right["trust"] and given["context"] != right["context"]
    room.crowd(survey_answers(room, right) for right in late)
    room.next()
    seen(page, "Before: 2 of 5 right. Now: 3.")
    expect(page.locator(".room-solutions > li")).to_have_count(6)
    seen(page, re.compile("Your three words: [a-z]+ · [a-z]+ · [a-z]+"))
    fits_a_thumb(page)
    before, after = mean([2, *early]), mean([3, *late])
    seen(wall, f"+{after - before:.1f} right answers each, for the 26")
    seen(wall, f"On average, {before:.1f} right before and {after:.1f} now")
    expect(wall.locator(".room-columns")).to_have_count(3)
    looks_well(wall)


def test_weeks_later_a_phone_asks_for_the_words_of_that_evening(room, phone):
    room.act(do="deck", deck="later")
    page = phone()
    field = page.get_by_label("The three words of that evening")
    expect(field).to_have_value("")  # no words that nobody has seen
    field.fill("lamp river ok")
    button(page, "Go on").tap()
    seen(page, "Those are not three words of ours.")
    field.fill("Lamp, river, OAK")
    no_barriers(page)
    button(page, "Go on").tap()
    page.get_by_label("Your sentence").fill("Odds.")
    assert answered(room, page, 3)["code"] == "lamp-river-oak"
    other = phone()  # of somebody who has lost them
    button(other, "I don't have them").tap()
    other.get_by_label("Your sentence").fill("Rules.")
    code = answered(room, other, 3, seat=2)["code"]
    assert re.fullmatch(r"[a-z]+-[a-z]+-[a-z]+", code) and code != "lamp-river-oak"
    page.reload()
    button(page, "Back").tap()
    expect(page.get_by_label("Your sentence")).to_have_value("Odds.")
