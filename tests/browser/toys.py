"""The lessons' toys as their tests show them: each is worked out once."""

import pytest

from llm_lessons.language_model.loading import load
from llm_lessons.lessons.per_token_compute import alike
from llm_lessons.widgets import (
    BranchTree,
    ChatBox,
    Effort,
    Knob,
    Machine,
    MemoryExplorer,
    OpenBook,
    Race,
    SpeakIfSure,
    TwoRuns,
)

PROMPT, SEED = "Once upon a time", 5
PLACE = f"{PROMPT} there was a girl called Ida who lived in a"
TEXT = f"{PROMPT} there was a girl called Julia. One day"  # one token
EASY, HARD = alike.pairs(2)[-1]  # as lesson 7
SAID = ["My name is Ida.", "I have a cat.", "What is my name?"]


@pytest.fixture(scope="session")
def knob() -> Knob:
    return Knob(load("fjord"), PLACE)


@pytest.fixture(scope="session")
def machine() -> Machine:
    return Machine(load("fjord"), TEXT)


@pytest.fixture(scope="session")
def runs() -> TwoRuns:
    return TwoRuns(load("fjord"), PROMPT, SEED)


@pytest.fixture(scope="session")
def tree() -> BranchTree:
    return BranchTree(load("fjord"), PLACE)


@pytest.fixture(scope="session")
def explorer() -> MemoryExplorer:
    return MemoryExplorer(load("fjord"))


@pytest.fixture(scope="session")
def counter() -> Effort:
    return Effort(load("fjord"), EASY.question, HARD.question)


@pytest.fixture(scope="session")
def race() -> Race:
    return Race(load("fjord"), changes=(1, 6), each=1)


@pytest.fixture(scope="session")
def book() -> OpenBook:
    return OpenBook(load("fjord"))


@pytest.fixture(scope="session")
def dots() -> SpeakIfSure:
    return SpeakIfSure(load("fjord"))


@pytest.fixture(scope="session")
def box() -> ChatBox:
    return ChatBox(load("fjord"), SAID)
