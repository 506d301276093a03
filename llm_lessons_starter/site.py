"""The lessons as a folder that can be put on the web as it is."""

import shutil
from pathlib import Path

from llm_lessons_starter.command_line import Run, say
from llm_lessons_starter.steps import make_all
from llm_lessons_starter.trouble import Trouble

ADDRESS = "--address"
PAGES = ("index.html", "fjord.js", "sw.js", "robots.txt")


def site(root: Path, address: str, run: Run) -> int:
    """Make build/site of the project in `root`.

    Args:
        address: where it will be, for previews and the codes on paper; may be "".

    Raises:
        Trouble: something of it can't be made, or is missing.
    """
    made = root / "build" / "site"
    shutil.rmtree(str(made), ignore_errors=True)  # nothing of an older one
    where = [ADDRESS, address] if address else []
    handouts = ["-m", "llm_lessons_room.handouts", "--out", str(made), *where]
    finish = ["-m", "llm_lessons.pages.site", str(made), *where]
    steps = [("pages and sheets", handouts), ("what the web needs", finish)]
    make_all("site", steps, run)
    missing = [name for name in PAGES if not (made / name).is_file()]
    if missing:
        raise Trouble(f"The site lacks {', '.join(missing)}: make it once more.")
    files = [path for path in made.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) // 10**6
    say(f"Done: {made} has {len(files)} files, {size} MB. Put it on the web as it is.")
    if not address:
        say(
            f"Links to it show no pictures: for those, say where it will be: {ADDRESS}."
        )
    return 0
