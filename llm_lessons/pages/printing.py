"""An HTML file as a PDF, by the Chromium, Chrome or Edge that the machine has."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from llm_lessons_starter.atomic import replacing

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
PATIENCE = 120  # seconds for one file


class NoBrowser(RuntimeError):
    """There is no browser here that prints."""


def find_browser() -> str:
    """The program that prints.

    Raises:
        NoBrowser: with the remedy.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    found = found or next((path for path in ELSEWHERE if Path(path).exists()), None)
    if found is None:
        raise NoBrowser(
            "There is no Chromium, Chrome or Edge here, which would print the sheets: "
            "install one and run the same command again. The live pages are made."
        )
    return found


def print_pdf(page: Path, pdf: Path, browser: str) -> None:
    """Print an HTML file with its own page size; tagged, and with an outline.

    Where the PDF is of this very page and browser already, it is left as it is.

    Args:
        page: which has all that it shows within itself.

    Raises:
        RuntimeError: the browser failed; says what it said.
    """
    last_line = _last_line(page, browser)
    if _ends_with(pdf, last_line):
        return
    with tempfile.TemporaryDirectory() as profile, replacing(pdf) as partial:
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            # the page's scripts have drawn the widgets by then
            "--virtual-time-budget=20000",
            f"--user-data-dir={profile}",
            f"--print-to-pdf={partial}",
            page.resolve().as_uri(),
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # which an administrator can't have
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        if done.returncode != 0 or not partial.exists():
            raise RuntimeError(f"{browser} could not print {page.name}: {done.stderr}")
        with open(partial, "ab") as file:
            file.write(last_line)


def _last_line(page: Path, browser: str) -> bytes:
    """A PDF's comment that tells what it came from."""
    program = Path(browser).stat()  # which changes as the browser is brought up to date
    told = f"{browser} {program.st_size} {program.st_mtime_ns}".encode()
    digest = hashlib.sha256(told + b"\0" + page.read_bytes())
    return f"% printed from {digest.hexdigest()}\n".encode()


def _ends_with(path: Path, line: bytes) -> bool:
    with suppress(OSError):
        return path.read_bytes().endswith(line)
    return False
