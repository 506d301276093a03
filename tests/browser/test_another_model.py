"""Counts on several models in a notebook: how far they are, stopped, and told."""

from playwright.sync_api import expect

from tests.browser.notebook_page import DONE, from_menu, open_in_lab

# Two models; the second one's second part takes longer than anybody waits.
SETUP = """
import time
import llm_lessons as ll
from llm_lessons.language_model import LanguageModel
from llm_lessons.measuring import side_by_side
from llm_lessons.measuring.intervals import share
from llm_lessons.measuring.side_by_side import Part, Plan
from tests import tiny

def named(name):
    own = tiny.model()
    return LanguageModel(name, own.config, own.params, own.tokenizer)

def slow(lm):
    time.sleep(1.5 if lm.name == "a" else 1000)
    return {"page above it": share([1] * 8)}

def quick(lm):
    return {"question alone": share([0] * 6 + [1] * 2)}

rows = ("question alone", "page above it")
plan = Plan(rows, (), lambda lm: [Part(300, quick), Part(700, slow)], rows, "")
models = [named("a"), named("b")]"""
COUNT = """
beside = side_by_side.measure(plan, models)
ll.show(beside.figure(), alt=beside.alt())
ll.say(f"**{beside.sentence()}**")
ll.say(beside.table())"""


def test_who_stops_a_count_sees_what_was_counted(lab, in_lab, new_page, screenshot):
    page = new_page(height=1000)
    open_in_lab(page, lab, in_lab([SETUP, COUNT, "print('and', 'on')"]))
    from_menu(page, "Run", "Run All Cells")
    bar = page.locator(".ll-waiting")
    expect(bar).to_contain_text("counting with b (model 2 of 2)", timeout=120_000)
    page.get_by_role("button", name="Interrupt the kernel").click()
    page.wait_for_function(DONE, timeout=120_000)
    expect(bar).to_have_count(0)
    notebook = page.locator(".jp-Notebook")
    expect(notebook.locator("[data-mime-type$='error']")).to_have_count(0)
    expect(notebook).to_contain_text("It was stopped before its end")
    expect(notebook.locator("table tbody tr")).to_have_count(2)
    expect(notebook).to_contain_text("A dash: this was not counted.")
    expect(notebook).to_contain_text("and on")  # the cells below it have run
    page.set_viewport_size({"width": 700, "height": 1400})
    screenshot(page, "stopped")
