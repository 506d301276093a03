"""The lesson on computation a token: its counter without a kernel, all with one."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.notebook_page import NOTEBOOKS
from tests.browser.toys import EASY

LESSON = NOTEBOOKS / "07_per_token_compute.ipynb"
LABELS = {"easy": "An easy question", "hard": "A hard question"}


def asked(page: Page, name: str) -> Locator:
    return page.locator(".ll-asked").filter(has=page.get_by_label(LABELS[name]))


def needle(page: Page, name: str) -> float:
    """Where it stands, as a share of its scale."""
    one = asked(page, name).locator(".ll-needle")
    return one.evaluate("(one) => parseFloat(one.style.left) / 100")


def test_two_questions_without_a_kernel(open_page, counter):
    page = open_page(counter, width=820)
    for name, cost in counter.costs.items():
        row = asked(page, name).locator(".ll-row")
        expect(row).to_contain_text(f"{cost:,} operations")
        expect(row).to_contain_text(
            f"says at once {getattr(counter, f'_{name}')['answer']} ("
        )
        most = counter._matrices + counter._back * counter._longest
        assert needle(page, name) == pytest.approx(cost / most, abs=1e-4)
    expect(page.locator(".ll-difference")).to_contain_text("Change a question.")
    heard = page.locator(".ll-effort > .ll-unseen[role=status]")
    expect(heard).to_contain_text(f"A hard question: {counter.costs['hard']:,} operat")


def test_per_token_compute_by_keyboard_and_mouse(open_lesson):
    page = open_lesson(LESSON)
    easy, hard = (asked(page, name) for name in LABELS)
    expect(easy.locator(".ll-row")).to_contain_text(f"says at once {EASY.answer} (")
    before = needle(page, "hard")
    box = page.get_by_label(LABELS["hard"])
    box.click()
    page.keyboard.press("ControlOrMeta+Home")
    page.keyboard.type("Think very hard. ")
    expect(hard.locator(".ll-part")).to_contain_text("look back at 66 tokens")
    assert 0 < needle(page, "hard") - before < 0.01
    box.fill(EASY.question)
    expect(page.locator(".ll-difference")).to_have_text(
        "Both cost the same, to the last operation."
    )
