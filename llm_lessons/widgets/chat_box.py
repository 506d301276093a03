"""A chat box, and beside it the one text that the model reads before it answers."""

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import anywidget
import traitlets

from llm_lessons.checks import checked
from llm_lessons.text.templates import Message
from llm_lessons.widgets.assets import assets

TEMPERATURE = 0.5
LONGEST = 80  # tokens of an answer


@runtime_checkable
class _Talker(Protocol):
    name: str

    def chat_prompt(self, messages: Sequence[Message]) -> str: ...

    def chat(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        temperature: float,
        *,
        seed: int,
    ) -> str: ...


class ChatBox(anywidget.AnyWidget):
    """Talk with a model, take turns out of the talk, and see all that it reads.

    Args:
        lm: a model that was shown conversations.
        said: what the user says to begin with; the model answers each.

    Attributes:
        messages: the talk, each message with its "role" and "content".
        read: the text that the model read last, and its answer behind it.

    Raises:
        ValueError: the model was never shown a conversation, or refuses this one.
    """

    _esm, _css = assets("chat_box")

    messages = traitlets.List().tag(sync=True)
    read = traitlets.Unicode().tag(sync=True)
    _heard = traitlets.List().tag(sync=True)  # the talk that was answered last
    _message = traitlets.Unicode().tag(sync=True)  # why it was not

    @checked()
    def __init__(self, lm: _Talker, said: Sequence[str] = ()):
        self._lm, self._answers = lm, 0
        messages: list[Message] = []
        for text in said:
            messages = self._answered([*messages, {"role": "user", "content": text}])
        super().__init__(messages=messages, _heard=messages, read=self._text(messages))
        self.observe(self._on_messages, "messages")

    def __repr__(self) -> str:
        return f"ChatBox({self._lm.name!r}, {len(self.messages)} messages)"

    def _on_messages(self, change: Any) -> None:
        messages, trouble = change.new, ""
        try:
            if messages and messages[-1]["role"] == "user":
                messages = self._answered(messages)
            read = self._text(messages)
        except ValueError as refusal:  # one sentence for the learner
            read, trouble = self.read, str(refusal)
        with self.hold_sync():
            self._heard, self._message, self.read = messages, trouble, read
            self.messages = messages

    def _answered(self, messages: list[Message]) -> list[Message]:
        self._answers += 1  # another coin for every answer
        answer = self._lm.chat(messages, LONGEST, TEMPERATURE, seed=self._answers)
        return [*messages, {"role": "assistant", "content": answer}]

    def _text(self, messages: Sequence[Message]) -> str:
        if not messages:
            return ""
        prompt = self._lm.chat_prompt(messages[:-1])
        space = "" if prompt.endswith("\n") else " "
        return prompt + space + messages[-1]["content"]
