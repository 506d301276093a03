"""The rules of the next word: each phone writes one, which waits to be shown."""

from typing import Any

from llm_lessons_room.parts.hiding import Hidden
from llm_lessons_room.parts.step import ASKED, OPEN, Moment, Step
from llm_lessons_room.parts.tally import Payload, Texts
from llm_lessons_room.parts.values import clean_word

MOST = 200  # different words that are told


class NextWord(Texts):
    MOMENTS = ASKED
    KEY = "word"

    def __init__(self, step: Step):
        super().__init__(step)
        self.hidden = Hidden(by_people=True, waits=True)

    def validate_text(self, text: Any) -> str:
        return clean_word(text)

    def text_of(self, value: Any) -> str:
        return value[self.KEY]

    def _payload(self, moment: Moment, slot: int) -> Payload:
        if moment.phase == OPEN:
            return {}
        visible, hidden = self._count_texts()
        words = sorted(visible.items(), key=lambda pair: (-pair[1], pair[0]))
        return {"words": [list(pair) for pair in words[:MOST]], "hidden": hidden}


KINDS = {"next_word": NextWord}
