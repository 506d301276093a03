"""What holds for every test: shapes and types checked, on a CPU, the same each run."""

import os
import signal
import sys
import zlib
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from jaxtyping import install_import_hook

# Read when JAX is first imported, which neither import above does: the tolerances and
# golden texts are those of a CPU.
os.environ["JAX_PLATFORMS"] = "cpu"
# What tests do is not what the person who runs them has done.
os.environ["LLM_LESSONS_DIARY"] = "off"
os.environ["LLM_LESSONS_SAMPLES"] = "off"

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


# Within a process, whoever needs a lesson's run comes behind who runs it.
RUNS = ("open_lesson", "lab")
# Side by side, tests whose files bear the same word stay in one process. (xdist's own
# groups do nothing with pytest 9.2, which no longer lets it rename a test.)
TOGETHER = {
    "tests/browser/test_controls.py": "pages",
    "tests/browser/test_kit.py": "pages",
    "tests/browser/test_next_token.py": "pages",
    "tests/browser/test_toys_": "pages",  # whose toys are worked out once
    "tests/browser/test_room_": "room",
    "tests/browser/test_busy_kernel.py": "widgets",
    "tests/browser/test_in_a_notebook.py": "widgets",
    "tests/browser/test_reopened.py": "widgets",
    "tests/browser": "lessons",  # one JupyterLab, and the runs of its lessons
    "tests/test_notebooks.py": "lessons",
    "tests/room/test_figure_steps.py": "lessons",
    "tests/web/test_engine.py": "engine",  # one process answers all of it
    "tests/parity/test_in_page.py": "in_page",  # as there
    "tests/server": "server",  # one crowd at a time
    "tests/test_wheel.py": "wheel",  # one is installed
    "tests/classroom/test_hub.py": "hub",  # one class for all
}


SHARES = 8  # of what is marked `rest`: each automatic check takes one


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--share`: what of the rest is run; without it, all."""
    help = "of the tests marked rest, none, or the share that a commit's id chooses"
    parser.addoption("--share", metavar="ID", help=help)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Say which tests are quick; who runs lessons comes first, then what takes long."""

    def place(item: pytest.Item) -> int:
        used = getattr(item, "fixturenames", ())
        return next((i for i, name in enumerate(RUNS) if name in used), len(RUNS))

    for item in items:
        if item.path.parent.name == "browser" or item.path.name == "test_notebooks.py":
            item.add_marker("slow")
        if not item.get_closest_marker("slow"):
            item.add_marker("quick")
    asked = config.getoption("--share")
    if asked is not None:
        left_out = not_in_the_share(items, share_of(asked))
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    items.sort(key=lambda item: (place(item), "quick" in item.keywords))


def share_of(asked: str) -> int | None:
    """The share that the id of a commit chooses, from 0; None for none."""
    return None if asked == "none" else zlib.crc32(asked.encode()) % SHARES


def not_in_the_share(items: list[pytest.Item], share: int | None) -> list[pytest.Item]:
    """What of the rest is left out: its functions are dealt out like cards."""
    rest = [item for item in items if item.get_closest_marker("rest")]

    def function(item: pytest.Item) -> str:
        return item.nodeid.partition("[")[0]

    dealt = {name: i % SHARES for i, name in enumerate(sorted({*map(function, rest)}))}
    return [item for item in rest if dealt[function(item)] != share]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The last words say which share of the rest was run."""
    asked = config.getoption("--share")
    if asked is not None:
        share = share_of(asked)
        told = "none of it" if share is None else f"share {share + 1} of {SHARES}"
        terminalreporter.write_line(f"The rest (`test --everything`): {told}.")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share tests out one by one, but keep together what stands in TOGETHER."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            found = (TOGETHER[one] for one in TOGETHER if nodeid.startswith(one))
            return next(found, nodeid)

    return Scheduling(config, log)


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    """Figures that a test only looks at are closed after it: twenty open ones warn."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture
def hears_ctrl_c() -> Iterator[None]:
    """Programs end by Ctrl-C, though one in the background may have to ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
