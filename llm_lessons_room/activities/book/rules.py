"""The rules of the book: a question, closed; then open for one half of the room."""

from llm_lessons_room.parts.question import Question


class Book(Question):
    """One question; in its second round the half 1 has a note."""

    HALF = 0  # who may write steps of the marbles gets no note


KINDS = {"book": Book}
