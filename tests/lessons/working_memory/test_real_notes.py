"""Whom an answer follows, on writers that are known."""

from llm_lessons.lessons.temperature.capitals import COUNTRIES
from llm_lessons.lessons.working_memory import real_notes
from llm_lessons.lessons.working_memory.real_notes import CAPITAL, NEITHER, NOTE
from tests.titled import title_of

WORDS, OTHER_WORDS = real_notes.WORDINGS


class Writer:
    """Knows the capitals; follows one wording as raw text, and mumbles in a chat."""

    def batch(self, prompts, max_tokens, temperature):
        assert temperature == 0
        return [self.write(prompt) for prompt in prompts]

    def write(self, prompt: str) -> str:
        (country,) = (c for c in COUNTRIES if f"of {c.name}?" in prompt)
        follows = prompt.startswith(f"Note: The capital of {country.name} is ")
        return f" {country.other if follows else country.capital}."

    def chats(self, conversations, max_tokens, temperature):
        assert temperature == 0
        said = [messages[0]["content"] for messages in conversations]
        return ["Hm." if "\n\n" in text else self.write(text) for text in said]


def test_notes_that_win_are_counted_form_by_form():
    found = real_notes.measure(Writer(), COUNTRIES[:3])  # type: ignore[arg-type]
    assert found.raw[real_notes.NONE] == found.chat[real_notes.NONE] == [CAPITAL] * 3
    assert found.raw[WORDS] == [NOTE] * 3 and found.raw[OTHER_WORDS] == [CAPITAL] * 3
    assert found.chat[WORDS] == found.chat[OTHER_WORDS] == [NEITHER] * 3
    for won in ("3", "0"):  # as raw text, and in a chat
        wins = f"wins in {won} of 3 after {WORDS} and 0 of 3 after {OTHER_WORDS}"
        assert wins in found.sentence()
    assert title_of(found) == "The note wins in 3 of 6 raw texts, in 0 of 6 chats"
    assert len(found.figure().axes[0].get_yticks()) == 6
