"""The rules of the next word: each phone writes one, which waits to be shown."""

from typing import Any

from llm_lessons_room.parts.hiding import Hidden
from llm_lessons_room.parts.step import ASKED, OPEN, Moment, Step
from llm_lessons_room.parts.tally import Payload, Texts
from llm_lessons_room.parts.values import word

MOST = 200  # different words that are told


class NextWord(Texts):
    """Words that a room would go on with."""

    MOMENTS = ASKED
    KEY = "word"

    def __init__(self, step: Step):
        super().__init__(step)
        self.hidden = Hidden(by_people=True, waits=True)

    def checked_text(self, text: Any) -> str:
        return word(text)

    def written(self, value: Any) -> str:
        return value[self.KEY]

    def _payload(self, moment: Moment, slot: int) -> Payload:
        if moment.phase == OPEN:
            return {}
        seen, hidden = self._seen()
        words = sorted(seen.items(), key=lambda pair: (-pair[1], pair[0]))
        return {"words": [list(pair) for pair in words[:MOST]], "hidden": hidden}


KINDS = {"next_word": NextWord}
