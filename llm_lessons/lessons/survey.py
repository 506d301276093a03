"""The six questions: what a room is asked on phones, and a learner in lessons 0 and 12.

They stand in `survey.toml`: one to answer in one's own words, four answers of a chatbot
to use or to check, and four with choices.
"""

import tomllib
from typing import Any

from llm_lessons.foundation.paths import PACKAGE
from llm_lessons.lessons.questions import Question, read_questions

WRITTEN, TRUST = "source", "trust"  # by their names: in one's own words; use or check
_PATH = PACKAGE / "lessons" / "survey.toml"
_TABLES: dict[str, Any] = tomllib.loads(_PATH.read_text(encoding="utf-8"))
ASKED: dict[str, str] = {name: table["question"] for name, table in _TABLES.items()}
ANSWER: str = _TABLES[WRITTEN]["answer"]  # to the one in one's own words
# "asked", "answer", is it "right", and "why".
JUDGED: list[dict[str, Any]] = _TABLES[TRUST]["answers"]
CHOSEN: tuple[Question, ...] = read_questions(_PATH, "survey")
