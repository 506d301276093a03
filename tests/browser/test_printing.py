"""A page that is as it was is not printed once more; one that changed is."""

from pathlib import Path

from pypdf import PdfReader

from llm_lessons.pages.printing import find_browser, print_pdf


def test_only_what_changed_is_printed(tmp_path: Path) -> None:
    page, pdf, browser = tmp_path / "a.html", tmp_path / "a.pdf", find_browser()

    def printed(text: str) -> int:
        page.write_text(f"<title>a</title><p>{text}</p>")
        print_pdf(page, pdf, browser)
        assert text in PdfReader(pdf).pages[0].extract_text()
        return pdf.stat().st_ino  # another file takes its place

    first = printed("one")
    assert printed("one") == first
    assert printed("two") != first
    pdf.write_bytes(pdf.read_bytes()[:-200])
    again = printed("two")
    assert printed("two") == again
