"""The lessons' toys on one page: they speak, fit a phone, print, and miss Python."""

import re

import pytest
from playwright.sync_api import Page, expect

from llm_lessons.language_model.loading import load
from llm_lessons.text.tokenizers import train_sentencepiece
from llm_lessons.widgets import (
    ChatBox,
    Continuations,
    GrowingVocabulary,
    NextToken,
    TokenStrip,
    TwoKnobs,
)
from llm_lessons.widgets.memory_explorer import KEPT
from llm_lessons.widgets.questions import QUESTIONS
from llm_lessons.widgets.race import EXAMPLE, OWN
from llm_lessons.widgets.setup_check import AnsweringSlider
from tests import tiny, tiny_bpe
from tests.browser.made_page import (
    button,
    fits_a_phone,
    is_as_narrow_as_its_window,
    press,
)
from tests.browser.shown import texts_of_race, turn_an_own_knob, written
from tests.browser.toys import PROMPT

LONG = "The fox and the " + "very" * 30 + " long word 🦊 " * 9
TWO = {"Letters": tiny.tokenizer(), "Bytes": tiny_bpe.byte_level()}
# Controls whose keys JupyterLab would take for its own.
UNGUARDED = """all => all.filter((one) => !one.dataset.lmSuppressShortcuts)
  .map((one) => one.outerHTML.slice(0, 80))"""
CONTROLS = ".ll-widget :is(button, input, select, textarea)"
# What a screen reader hears of each, once a knob is turned.
HEARD = {
    ".ll-token-strip:not(.ll-growing) > [role=status]": " characters: Letters",
    ".ll-knob > .ll-unseen[role=status]": "of the probability has moved",
    ".ll-memory .ll-answers .ll-unseen[role=status]": "Fjord gets",
    ".ll-open-book > .ll-unseen[role=status]": "Closed book: ",
    ".ll-chat-box [role=log][aria-label='The talk']": "Model: ",
}
# What paper does not show.
GONE = (
    ".ll-knob button, .ll-machine textarea, .ll-two-knobs button, .ll-race .ll-choose,"
    ".ll-memory input[type=range], .ll-open-book .ll-switch, .ll-chat-box .ll-speak"
)
# Where somebody may type, and what stays where nobody reads it.
STAYS = {
    ".ll-token-strip:not(.ll-growing)": "No model is answering, so the tokens",
    ".ll-machine": "so the picture stays as it is; you can point at all heads",
    ".ll-two-runs": "No model is answering, so these are still the runs",
    ".ll-branch-tree": "No model is answering, so this is still the tree",
    ".ll-effort": "No model is answering, so the needle stays",
    ".ll-open-book": "No model is answering, so there is no answer",
}
FADES = (".ll-machine", ".ll-two-runs", ".ll-branch-tree")
OTHER, TYPED = "<b>Who</b>?", "On Monday, Åse"
# What a page must not take for its own, what is cut, and what is there several times.
TEXTS = [["<script>alert(1)</script>", False], ["a\nb", True], *[["Once", True]] * 3]
LISTED = [
    "3\u00a0× Once\u00a0…",
    "<script>alert(1)</script> ⟨end of text⟩",
    "a ↵ b\u00a0…",
]
PAGES = {"Nils Vangmo": "Nils Vangmo lives in Oslo."}


@pytest.fixture
def all_toys(knob, machine, runs, tree, explorer, counter, race, book, box):
    """The widgets of lessons 1 to 10."""
    strip = TokenStrip(LONG, TWO)
    grown = GrowingVocabulary(train_sentencepiece(tiny.TEXTS, 380), LONG)
    knobs = TwoKnobs({"and": 0.8, "but": 0.12, "then": 0.08})
    early = strip, grown, knob, machine, runs, tree, knobs
    return *early, explorer, counter, race, book, box


def test_all_speak_fit_a_phone_and_print(open_page, all_toys, race):
    page = open_page(*all_toys, width=700, color_scheme="light")
    assert page.locator(CONTROLS).evaluate_all(UNGUARDED) == []
    value = page.locator(".ll-knob").get_by_role("slider", name="Value")
    expect(value).to_have_attribute("aria-valuetext", re.compile("as trained"))
    value.press("End")
    expect(value).to_have_attribute("aria-valuetext", re.compile(", trained: "))
    row = page.locator(".ll-knob .ll-bars").get_by_role("row").nth(1)
    expect(row).to_contain_text(re.compile("was .+, now "))
    for heard, words in HEARD.items():
        expect(page.locator(heard)).to_contain_text(words)

    press(page.locator(".ll-two-runs"), "Ten flips")
    page.locator(".ll-branch-tree [role=treeitem] > .ll-row").first.click()
    page.get_by_label("Other notes on the page").select_option("2")
    fits_a_phone(page)

    page.emulate_media(media="print")
    for one in page.locator(GONE).all():
        expect(one).to_be_hidden()
    for one in (".ll-machine-drawing > svg", ".ll-machine .ll-bars"):
        expect(page.locator(one)).to_be_visible()
    expect(page.locator(".ll-memory .ll-cards li")).to_have_count(4)
    shown = [written(page, side) for side in (0, 1)]
    assert shown == texts_of_race(race, race.kind, 0)
    expect(page.locator(".ll-race .ll-end").last).to_be_visible()


def test_where_nobody_answers_each_says_so_and_what_stays(open_page, all_toys):
    lm = tiny.model()
    twenty = Continuations(lm, NextToken(lm, "Once", top_p=0.9))
    twenty.draws = [twenty.draws[0] | {"texts": TEXTS}]
    page = open_page(*all_toys, twenty, AnsweringSlider("Reload it."), width=820)
    texts = page.locator(".ll-continuations")
    texts.get_by_role("button", name="Draw 20 continuations").click()
    boxes = {root: page.locator(f"{root} textarea").last for root in STAYS}
    before = {root: box.input_value() for root, box in boxes.items()}
    needle = page.locator(".ll-effort .ll-needle").last
    place = needle.get_attribute("style")
    for box in boxes.values():
        box.fill(OTHER)
    knob, people = page.locator(".ll-knob"), page.locator(".ll-memory select")
    knob.locator(".ll-chooser details").evaluate("(one) => { one.open = true; }")
    row = knob.get_by_label("Row", exact=True)
    row.fill("7")
    row.press("Enter")
    expect(knob.get_by_role("slider", name="Value")).to_be_disabled()
    names = people.locator("option").all_inner_texts()
    people.select_option(names[KEPT])
    sentence = page.locator(".ll-memory .ll-sentence")
    expect(sentence).to_contain_text("Asking about")
    chat = page.locator(".ll-chat-box")
    chat.get_by_label("Say something").fill(OTHER)
    page.keyboard.press("Enter")

    message = ".ll-text-box .ll-message"
    said = {root: page.locator(f"{root} {message}").last for root in STAYS}
    for root, words in STAYS.items():
        expect(said[root]).to_contain_text(words, timeout=10_000)
    for root in FADES:
        expect(page.locator(f"{root} .ll-stale")).not_to_have_count(0)
    assert needle.get_attribute("style") == place
    expect(page.locator(".ll-open-book strong").last).to_have_text("…")
    expect(knob.locator(".ll-message")).to_contain_text("No model is answering")
    expect(sentence).to_contain_text("No model is answering; the first person")
    expect(chat.get_by_role("status")).to_contain_text("No model is answering.")
    expect(button(chat, "Say it")).to_have_attribute("aria-disabled", "true")
    expect(chat.locator(".ll-said").last).to_contain_text(OTHER)
    expect(texts.locator("p[role=status]")).to_contain_text("No model is answering, so")
    expect(texts.locator("li")).to_have_text(LISTED)
    trouble = page.locator(".ll-setup [role=status]")
    expect(trouble).to_contain_text("a page has no Python to ask")

    for root, box in boxes.items():
        expect(box).to_have_value(OTHER)  # nobody loses what they wrote
        box.fill(before[root])
        expect(said[root]).to_be_empty()
    knob.get_by_label("Weight", exact=True).select_option("0")
    expect(knob.get_by_role("slider", name="Value")).to_be_enabled()
    expect(knob.locator(".ll-message")).to_be_empty()
    for root in (".ll-knob", *FADES):
        expect(page.locator(f"{root} .ll-stale")).to_have_count(0)
    people.select_option(names[0])
    expect(sentence).to_contain_text("Fjord gets")


def race_one_of_its_own(page: Page) -> None:
    race, lm = page.locator(".ll-race"), load("fjord")
    race.get_by_label("Problem").select_option(OWN)
    box = race.get_by_label("Your own question")
    expect(box).to_have_value(EXAMPLE)
    own = EXAMPLE.replace("12 coins", "14 coins")
    box.fill(own)
    for side, (name, more) in enumerate((("at_once", ()), ("steps", ("",)))):
        told = QUESTIONS[name](lm, own, *more)
        chips = race.locator(".ll-side").nth(side).locator(".ll-text > div:last-child")
        expect(chips).to_have_text("".join(told["pieces"]).strip())
    press(race, "Run")
    expect(race.locator(".ll-status")).to_contain_text("Step by step: ")
    said = race.locator(".ll-unjudged .ll-end").last
    expect(said).to_have_text(f"It says {told['answer']}.")
    race.locator(".ll-result").first.click()
    page.keyboard.type("50")
    page.keyboard.press("Enter")
    expect(race.get_by_text("From your number on:")).to_be_visible()


def test_with_a_model_in_the_page_each_answers(open_page, all_toys, book):
    """From a disk, on a phone; what they answer is held by tests/web/test_answers*."""
    lm, book.person = load("fjord"), 4  # of whom nothing was read
    odds = NextToken(lm, PROMPT)
    asking = ChatBox(lm, ["Where does Nils Vangmo live?"], PAGES)
    shown = *all_toys[:-1], asking, odds, Continuations(lm, odds)
    phone = {"width": 360, "height": 740, "has_touch": True}
    page = open_page(*shown, model=lm, offline=True, reduced_motion="reduce", **phone)
    turn_an_own_knob(page)
    note = f"<b>{book.names[book.person]}</b> lives in Bergen."
    read = len(lm.encode(f"{TYPED}\nAnswer at once:"))
    for root, text, sign, said in (
        (".ll-machine", TYPED, ".ll-result", "All heads are on."),
        (".ll-two-runs", TYPED, ".ll-given >> nth=0", TYPED),
        (".ll-branch-tree", TYPED, ".ll-path .ll-text", TYPED),
        (".ll-effort", TYPED, ".ll-part >> nth=-1", f"look back at {read} tokens"),
        (".ll-open-book", note, "strong >> nth=-1", "Bergen"),
        (".ll-next-token", TYPED, ".ll-message", ""),
    ):
        page.locator(f"{root} textarea").last.fill(text)
        expect(page.locator(f"{root} {sign}")).to_contain_text(said)
    expect(page.locator(".ll-machine .ll-column")).to_have_count(len(lm.encode(TYPED)))

    twenty = page.locator(".ll-continuations")
    twenty.get_by_role("slider", name="Temperature").press("Home")
    twenty.get_by_role("button", name="Draw 20").press("Enter")
    same = f"“{TYPED}” at temperature 0.00: 20 times the same."
    expect(twenty.locator("[role=status]").first).to_have_text(same)
    press(page.locator(".ll-two-runs"), "Ten flips")
    expect(page.locator(".ll-two-runs .ll-status")).to_contain_text("Flip 10")
    tree = page.locator(".ll-branch-tree")
    tree.locator("[role=treeitem][tabindex='0']").press("Enter")
    expect(tree.locator("[aria-level='2']").first).to_be_attached()

    people = page.locator(".ll-memory select")  # the last one is not kept
    name = people.locator("option").last.inner_text()
    people.select_option(name)
    expect(page.locator(".ll-memory .ll-sentence")).to_contain_text(f"tells of {name}")
    press(page.locator(".ll-race"), "Run")
    page.locator(".ll-race .ll-result").first.click()
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    expect(page.get_by_text("From your number on:")).to_be_visible()
    race_one_of_its_own(page)
    chat = page.locator(".ll-chat-box")
    chat.get_by_label("Say something").fill("Where does Rolf Karlsen live?")
    press(chat, "Say it")
    expect(chat.locator(".ll-said")).to_have_count(4)
    expect(chat.locator(".ll-step").last).to_contain_text("nothing found.")
    chat.get_by_role("button", name="Take out: Where does Nils").click()
    expect(chat.locator("pre")).not_to_contain_text("Nils Vangmo")
    expect(page.locator("body")).not_to_contain_text("No model is answering")
    is_as_narrow_as_its_window(page)
