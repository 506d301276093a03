"""Where everything lies that is no code: the one place that knows.

In a checkout it lies beside the package; a wheel carries it inside, in `carried/` (see
`sources` in pyproject.toml). What is made goes where somebody may write. The console
script reads this file without the package, so it imports nothing from it.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parent  # the package is imported from here
PYPROJECT = ROOT / "pyproject.toml"
IN_CHECKOUT = PYPROJECT.is_file()
_HOME = ROOT if IN_CHECKOUT else PACKAGE / "carried"

DATA = _HOME / "data"  # the class model, and what was measured once
NOTEBOOKS = _HOME / "notebooks"  # the lessons as they come, and their glossary
TEXTS = _HOME / "handouts"  # what a leader edits: guide, sheets, rules of the games
WEB = PACKAGE / "web"  # all that runs in a browser

# What is made: in a checkout beside the code, else in the folder of the learner's own.
BUILD = (ROOT if IN_CHECKOUT else Path.cwd()) / "build"

COMMAND = "python3 start.py" if IN_CHECKOUT else "llm-lessons"  # what learners type


def user_cache() -> Path | None:
    """The user's cache folder for this project; None where they have no home folder."""
    import platformdirs  # the console script does without

    try:
        folder = Path(platformdirs.user_cache_dir("llm_lessons"))
    except RuntimeError:  # no HOME, and a number without an account
        return None
    return folder if folder.is_absolute() else None
