"""An HTML file as a PDF or a picture, by the Chromium, Chrome or Edge that is here."""

import hashlib
import json
import os
import re
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
    """The program that prints."""
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
    with suppress(OSError):
        if pdf.read_bytes().endswith(last_line):
            return
    with replacing(pdf) as partial:
        more = ("--no-pdf-header-footer", "--generate-pdf-document-outline")
        _browse(page, browser, f"--print-to-pdf={partial}", *more)
        if not partial.exists():
            raise RuntimeError(f"{browser} printed nothing of {page.name}.")
        with open(partial, "ab") as file:
            file.write(last_line)


def take_picture(page: Path, png: Path, browser: str, width: int, height: int) -> None:
    """Draw the upper left of an HTML file as a PNG of so many pixels."""
    from matplotlib.image import imread, imsave  # of those that print, few draw

    with replacing(png) as partial:
        # some versions leave a strip at the bottom empty: it is cut off
        size = f"--window-size={width},{height + 200}"
        _browse(page, browser, f"--screenshot={partial}", size, "--hide-scrollbars")
        if not partial.exists():
            raise RuntimeError(f"{browser} drew nothing of {page.name}.")
        imsave(partial, imread(partial)[:height, :width])


def texts_in(page: Path, browser: str) -> list[str]:
    """What a page says that gathers it (`gather.js`)."""
    dumped = _browse(page, browser, "--dump-dom")
    found = re.search(r'<script id="gathered"[^>]*>(.*?)</script>', dumped, re.DOTALL)
    if found is None:
        raise RuntimeError(f"{browser} gathered nothing of {page.name}.")
    return json.loads(found[1])


def _browse(page: Path, browser: str, *what: str) -> str:
    """Have a browser without a window do something with a page; what it prints."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            # the page's scripts have drawn the widgets by then
            "--virtual-time-budget=20000",
            f"--user-data-dir={profile}",
            *what,
            page.resolve().as_uri(),
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # which an administrator can't have
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{browser} failed at {page.name}: {done.stderr}")
        return done.stdout


def _last_line(page: Path, browser: str) -> bytes:
    """A PDF's comment that tells what it came from."""
    program = Path(browser).stat()  # which changes as the browser is brought up to date
    version = f"{browser} {program.st_size} {program.st_mtime_ns}".encode()
    digest = hashlib.sha256(version + b"\0" + page.read_bytes())
    return f"% printed from {digest.hexdigest()}\n".encode()
