"""The button that measures anew: pressed by key, stopped and ended."""

from playwright.sync_api import expect

CELLS = [
    """
import time
from dataclasses import dataclass
from matplotlib import pyplot as plt
from llm_lessons.measuring.kept import Kept, Source
from llm_lessons.foundation.waiting import Waiting
from llm_lessons.widgets import MeasureAnew

@dataclass
class Found:
    cases: int

    def figure(self):
        return plt.subplots(figsize=(3, 1))[0]

    def alt(self):
        return f"A figure of {self.cases} cases."

def measure(cases):
    with Waiting("asking", cases) as bar:
        for _ in range(cases):
            time.sleep(0.05)
            bar.done()
    return Found(cases)
""",
    """
kept = Kept(Found(40), "2026-11-29", 2.0, Source({}, "", 40))
MeasureAnew(measure, kept, {})
""",
]


def test_it_is_begun_stopped_and_ended_while_the_kernel_is_free(open_notebook):
    page = open_notebook(CELLS)
    button = page.locator(".ll-anew button")
    expect(button).to_have_text("Measure anew")
    button.focus()
    button.press("Enter")
    expect(button).to_have_text("Stop")
    expect(page.locator(".ll-anew progress")).to_be_visible()
    figure = page.locator(".ll-anew-result svg[role=img]")
    expect(figure).to_have_attribute("aria-label", "A figure of 10 cases.")
    button.click()
    expect(button).to_have_text("Measure anew")
    expect(page.locator(".ll-anew progress")).to_be_hidden()
    expect(figure).to_have_attribute("aria-label", "A figure of 10 cases.")
    button.click()
    old = page.locator(".ll-anew-result.ll-stale")
    expect(old).to_have_count(1)  # until a part is measured anew
    expect(figure).to_have_attribute("aria-label", "A figure of 40 cases.")
    expect(old).to_have_count(0)
    expect(page.locator(".ll-anew [role=status]")).to_contain_text("40 cases")
