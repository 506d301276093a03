"""The size of a phone of a room, and what its pages must look like."""

import re

from playwright.sync_api import Page, expect

from tests.browser.made_page import is_as_narrow_as_its_window, no_barriers

PHONE = {"width": 360, "height": 740, "has_touch": True}
LAST_ROW = 32  # pixels of a letter, at least
# What comes with the next frames is there, and bars have grown.
STILL = """async () => {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
}"""
# The smallest letters of all that are seen, and what is cut: whatever is wider or
# higher than the place that it has.
SEEN = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let smallest = 999;
  while (texts.nextNode()) {
    const { textContent, parentElement: node } = texts.currentNode;
    if (!textContent.trim() || !node.checkVisibility() || node.closest(
      'script, style, svg, .ll-unseen')) continue;
    smallest = Math.min(smallest, parseFloat(getComputedStyle(node).fontSize));
  }
  const cut = [document.scrollingElement, ...document.querySelectorAll(
    '.room-stage, .room-activity, header, footer, .room-join, ' +
    '.room-activity p:not(.ll-unseen)')]
    .filter((node) => node.clientHeight && (node.scrollWidth > node.clientWidth + 1 ||
      node.scrollHeight > node.clientHeight + 2))
    .map((node) => `${node.className || node.tagName} ${node.scrollWidth} > ` +
      `${node.clientWidth}, ${node.scrollHeight} > ${node.clientHeight}`);
  return { smallest, cut };
}"""
# All that a finger presses: the buttons, and what an activity has to write in.
PRESSED = "button, .ll-stage :is(textarea, input:not([type=range]))"
HEIGHTS = "(all) => all.filter((b) => b.offsetHeight).map((b) => b.offsetHeight)"


def seen(page: Page, text: str | re.Pattern[str]) -> None:
    """A text of the activity stands there; a screen reader may have heard it, too."""
    expect(page.locator(".room-activity").get_by_text(text)).to_be_visible()


def unseen(page: Page, text: str | re.Pattern[str]) -> None:
    """A text does not stand in the activity."""
    expect(page.locator(".room-activity").get_by_text(text)).to_be_hidden()


def fits_a_thumb(page: Page) -> None:
    """Nothing is wider than the phone, too small for a thumb, or a barrier."""
    page.evaluate(STILL)
    is_as_narrow_as_its_window(page)
    assert min(page.locator(PRESSED).evaluate_all(HEIGHTS), default=48) >= 48
    no_barriers(page)


def reaches_the_last_row(page: Page) -> None:
    """No letter is small, nothing is cut, and nothing scrolls."""
    page.evaluate(STILL)
    found = page.evaluate(SEEN)
    assert found["smallest"] >= LAST_ROW
    assert found["cut"] == []


def looks_well(wall: Page) -> None:
    """For the last row, and for all who hear what stands there."""
    reaches_the_last_row(wall)
    no_barriers(wall)
