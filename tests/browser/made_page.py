"""What handouts are looked at with: in a browser, and as a PDF."""

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page
from pypdf import PdfReader


def opened(made: Path, new_page, name: str, **options) -> Page:
    """A page of this folder in a browser that has no network."""
    page = new_page(**options)
    page.context.set_offline(True)
    page.goto((made / f"{name}.html").as_uri())
    page.locator("[data-ready]").wait_for()
    return page


def tagged(path: Path) -> PdfReader:
    """A PDF, once it is seen that it has tags and brings its fonts along."""
    printed = PdfReader(path)
    marks: Any = printed.root_object["/MarkInfo"]
    assert marks["/Marked"]
    for page in printed.pages:
        used: Any = page["/Resources"]
        for font in used["/Font"].values():
            assert is_in_the_file(font.get_object())
    return printed


def is_in_the_file(font: Any) -> bool:
    """Whether a PDF brings a font along; Type 3 fonts are drawings in the file."""
    if font["/Subtype"] == "/Type3":
        return True
    inner = font["/DescendantFonts"][0].get_object()
    return any(f"/FontFile{n}" in inner["/FontDescriptor"] for n in ("", "2", "3"))


def unfolded(page: Page) -> None:
    """Open every fold; the widgets in them are drawn then."""
    page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
    page.wait_for_function(
        "() => [...document.querySelectorAll('script[type*=widget-view]')]"
        ".every((view) => view.nextElementSibling?.childElementCount)"
    )


def fits_a_phone(page: Page) -> None:
    """Nothing is wider than the narrowest phone, which is a laptop's fourfold zoom."""
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 740})
    page.wait_for_function("document.scrollingElement.scrollWidth <= 320")
    if before:
        page.set_viewport_size(before)


def is_as_narrow_as_its_window(*pages: Page) -> None:
    """Nothing is wider than what is seen of it."""
    for page in pages:
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        # not `innerWidth`: on a phone that grows with what is too wide
        assert page.viewport_size and wide <= page.viewport_size["width"], page.url


def no_barriers(*pages: Page, within: str = "") -> None:
    """Nothing that axe finds on the whole page, or in a part of it.

    Its rule on what is tapped, 24 pixels each way (WCAG 2.2), is on as well.
    """
    part = {"include": [[within]]} if within else None
    # of a part, nobody asks whether all of it lies in a landmark
    rules = {"target-size": {"enabled": True}, "region": {"enabled": not within}}
    for page in pages:
        found = Axe().run(page, part, {"resultTypes": ["violations"], "rules": rules})
        assert not found.response["violations"], (page.url, found.generate_report())


def button(place: Page | Locator, name: str) -> Locator:
    """The button of this name, all of it."""
    return place.get_by_role("button", name=name, exact=True)


def press(place: Page | Locator, name: str) -> None:
    """Click the button of this name."""
    button(place, name).click()


def drag(page: Page, slider: Locator, start: float, end: float) -> None:
    """Drag a slider by mouse, from one share of its width to another."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    first, last = (box["x"] + share * (box["width"] - 1) for share in (start, end))
    middle = box["y"] + box["height"] / 2
    page.mouse.move(first, middle)
    page.mouse.down()
    page.mouse.move(last, middle, steps=8)
    page.mouse.up()
