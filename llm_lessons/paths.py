"""Where everything lies that is no code: the one place that knows.

In a checkout it lies beside the package; a wheel carries it inside, in `carried/` (see
`force-include` in pyproject.toml). What is made goes where somebody may write.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = PACKAGE.parent
IN_CHECKOUT = (_CHECKOUT / "pyproject.toml").is_file()
_HOME = _CHECKOUT if IN_CHECKOUT else PACKAGE / "carried"

DATA = _HOME / "data"  # the class model, and what was measured once
NOTEBOOKS = _HOME / "notebooks"  # the lessons and their glossary
TEXTS = _HOME / "handouts"  # what a leader edits: the guide, the rules of the games
WEB = PACKAGE / "web"  # all that runs in a browser

# What is made: in a checkout beside the code, else in the folder of the learner's own.
BUILD = (_CHECKOUT if IN_CHECKOUT else Path.cwd()) / "build"
