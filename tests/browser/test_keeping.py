"""What a learner made in a toy is there again when its cell or kernel began anew."""

from playwright.sync_api import Page, expect

from tests.browser.notebook_page import READY, from_menu, run_all

CELLS = [
    "import llm_lessons as ll\nlm = ll.load('fjord')",
    "ll.NextToken(lm, 'Once upon a time')",
    "ll.predict('04.zero')",
    "ll.TrainYourOwn()",
    "ll.Guess('How many?', 1, 12, '{} tokens')",
    "ll.OpenBook(lm)",
]
TYPED = "There was a"
# The tab keeps what is last of all that is made here: how far the training came.
WRITTEN = """() => Object.values(sessionStorage).some(
  kept => /steps\\\\":[1-9]/.test(kept))"""
NOTE = "Nora lives in Oslo."


def restart(page: Page) -> None:
    """Restart the kernel, and run all of the notebook."""
    from_menu(page, "Kernel", "Restart Kernel…")
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    page.wait_for_function(READY)
    run_all(page)


def test_what_was_made_in_a_toy_stays_when_its_cell_runs_again(open_notebook):
    page = open_notebook(CELLS)
    odds = page.locator(".ll-next-token")
    odds.get_by_label("Text so far").fill(TYPED)
    expect(odds.locator(".ll-stale")).to_have_count(0)
    odds.get_by_role("slider", name="Temperature").press("Home")
    for _ in range(3):
        odds.get_by_role("button", name="Flip the coin").click()
    page.get_by_role("radio").nth(1).click()
    guess, note = (
        page.locator(".ll-own-guess"),
        page.get_by_label("Note (change a word)"),
    )
    guess.get_by_role("slider").press("End")
    page.get_by_label("Ask about").select_option(index=1)
    note.fill(NOTE)
    expect(note).to_have_value(NOTE)
    own = page.locator(".ll-yours")
    own.get_by_role("button", name="Train").click()
    expect(own.locator(".ll-own-samples li:visible")).to_have_count(10)
    own.get_by_role("button", name="Stop").click()
    expect(own.locator(".ll-status")).to_contain_text("Stopped")
    page.wait_for_function(WRITTEN)
    for begin_anew, lost in ((run_all, 1), (restart, 0)):
        odds.evaluate("one => one.remove()")  # the new one is no old one
        begin_anew(page)
        expect(odds.get_by_label("Text so far")).to_have_value(TYPED)
        expect(odds.get_by_role("slider", name="Temperature")).to_have_value("0")
        expect(odds.locator(".ll-coin [role=status]")).to_contain_text("Flip 3 fell")
        expect(page.get_by_role("radio").nth(1)).to_be_checked()
        expect(guess.get_by_role("slider")).to_have_value("12")
        expect(note).to_have_value(NOTE)
        expect(page.locator(".ll-begun-anew")).to_have_count(lost)
        for place in (2, 1):  # what one chooses now is not taken back
            page.get_by_role("radio").nth(place).click()
            page.wait_for_timeout(200)
            expect(page.get_by_role("radio").nth(place)).to_be_checked()
    editor = page.locator(".jp-CodeCell .cm-content").nth(1)
    editor.fill("ll.NextToken(lm, 'One day')")
    editor.press("Control+Enter")
    expect(odds.get_by_label("Text so far")).to_have_value("One day")
