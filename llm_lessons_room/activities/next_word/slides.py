"""Slides of the next word: the prompt, and the words of the model."""

from llm_lessons_room.activities.coin.slides import next_words

KINDS = {"next_word": next_words}
