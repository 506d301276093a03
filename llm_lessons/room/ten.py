"""Ten questions, asked before the evening and after it: one for each of its claims.

They stand in ten_questions.toml, in the form of the quiz of each lesson.
"""

from llm_lessons.lessons.questions import Question, read_questions
from llm_lessons.paths import PACKAGE

TEN: tuple[Question, ...] = read_questions(
    PACKAGE / "room" / "ten_questions.toml", "ten"
)
