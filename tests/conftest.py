"""What holds for every test: shapes and types checked, on a CPU, the same each run."""

import os
import sys
from collections.abc import Iterator

import hypothesis
import pytest
from jaxtyping import install_import_hook

# Read when JAX is first imported, which neither import above does: the tolerances and
# golden texts are those of a CPU.
os.environ["JAX_PLATFORMS"] = "cpu"

# From here on these rooms are imported with run-time checks of every annotation, in
# which an int will do for a float. The rooms that learners call check their own input.
install_import_hook(
    [f"llm_lessons.{room}" for room in ("model", "decoding", "training")],
    "beartype.beartype(conf=beartype.BeartypeConf(is_pep484_tower=True))",
)

# No deadline, for the first example pays for compilation.
hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")


# Tests that share JupyterLab or what was run in it stay in one process, in this order:
# whoever needs a lesson's run finds it.
TOGETHER = ("open_lesson", "lab", "made")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests belong together and which are quick; the longest come first."""

    def place(item: pytest.Item) -> int:
        used = getattr(item, "fixturenames", ())
        found = (i for i, fixture in enumerate(TOGETHER) if fixture in used)
        shares_runs = item.path.name == "test_notebooks.py"
        return next(found, len(TOGETHER) if shares_runs else len(TOGETHER) + 1)

    for item in items:
        if place(item) <= len(TOGETHER):
            item.add_marker(pytest.mark.xdist_group("lessons"))
        elif "games" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("games"))
        if item.path.parent.name == "browser" or item.path.name == "test_notebooks.py":
            item.add_marker("slow")
        if not item.get_closest_marker("slow"):
            item.add_marker("quick")
    items.sort(key=lambda item: (place(item), "quick" in item.keywords))


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    """Figures that a test only looks at are closed after it: twenty open ones warn."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
