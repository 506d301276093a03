"""Ten questions, asked before the evening and after it: one for each of its claims.

They stand in questions.toml, in the form of the quiz of each lesson.
"""

from pathlib import Path

from llm_lessons.lessons.questions import Question, read_questions

TEN: tuple[Question, ...] = read_questions(
    Path(__file__).with_name("questions.toml"), "ten"
)
