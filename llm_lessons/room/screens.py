"""The room's three pages: phone, screen and the one of the person who leads."""

from pathlib import Path

from llm_lessons_starter.atomic import write_text


def write_screens(folder: Path) -> None:
    """Write phone.html, screen.html and lead.html into a folder."""
    for name in ("phone", "screen", "lead"):
        page = f"<!doctype html><html lang=en><title>{name}</title><p>{name}</p></html>"
        write_text(folder / f"{name}.html", page)
