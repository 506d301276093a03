"""The first thing that a connection is told: its language, and all words in it."""

from typing import Any

from llm_lessons_room.server.content import Content
from llm_lessons_room.server.views import encoded


class Greetings:
    """Greetings in every language."""

    def __init__(self, content: Content):
        self._content = content
        self._words: dict[tuple[str, str], str] = {}  # encoded once for all

    def hello(self, role: str, language: str, more: dict[str, Any]) -> str:
        """The message for a phone, a screen or a leader.

        Args:
            role: views.PHONE, views.SCREEN or views.LEAD.
            language: of the connection.
            more: what else it is told, such as its seat.
        """
        if (role, language) not in self._words:
            common = {
                "words": self._content.words[language].get(role, {}),
                "language": language,
                "languages": self._content.names,
            }
            self._words[role, language] = encoded(common)[1:]
        head = encoded({"type": "hello", **more})
        return f"{head[:-1]},{self._words[role, language]}"
