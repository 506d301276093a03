"""Make the handouts: `python3 start.py handouts [--letter] [--out FOLDER]`."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from llm_lessons.handouts import booklet
from llm_lessons.handouts.cards import cards
from llm_lessons.handouts.execution import ROOT, executed, lessons
from llm_lessons.handouts.page import lesson, page
from llm_lessons.handouts.printing import NoBrowser, find_browser, print_pdf
from llm_lessons.loading import load


def main() -> int:
    """Execute, write the pages, print them; says what it does while it does it."""
    parser = argparse.ArgumentParser(prog="start.py handouts", description=__doc__)
    parser.add_argument("--letter", action="store_true", help="US paper, not A4")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "handouts")
    asked = parser.parse_args()
    pages = write_pages(asked.out, "letter" if asked.letter else "a4")
    try:
        browser = find_browser()
        for path in tqdm(pages, "printing", file=sys.stdout):
            print_pdf(path, path.with_suffix(".pdf"), browser)
    except NoBrowser as trouble:
        print(trouble)
        return 1
    print(f"Done: open {asked.out / 'index.html'}.")
    return 0


def write_pages(out: Path, paper: str) -> list[Path]:
    """Write every HTML file; returns those that are to be printed."""
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for path in tqdm(lessons(), "running the lessons", file=sys.stdout):
        made.append(lesson(path.stem, executed(path)))
    files = {one.name: page(one.title, [one], paper) for one in made}
    files["booklet"] = booklet.booklet(made, paper)
    files["answers"] = booklet.answers(made, paper)
    files["glossary"] = booklet.glossary(paper)
    files["facilitator"] = booklet.guide(paper)
    print("making the cards of the games ...")
    files["cards"] = cards(load("fjord"), paper)
    for name, text in files.items():
        (out / f"{name}.html").write_text(text, encoding="utf-8")
    more = [
        ("booklet.pdf", "The booklet: all lessons, to print"),
        ("glossary.html", "The glossary"),
        ("cards.pdf", "Games on paper: cards to print and to cut out"),
        ("cards.html", "The same games as a page"),
        ("facilitator.html", "Leading an evening"),
        ("answers.html", "The answers, for the person who leads"),
    ]
    (out / "index.html").write_text(booklet.index(made, more), encoding="utf-8")
    return [out / f"{name}.html" for name in files]


if __name__ == "__main__":
    sys.exit(main())
