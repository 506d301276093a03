"""Chat templates: how a conversation becomes one text that a model goes on with.

A model only ever continues a text. A template, written in Jinja (the form in which
models bring theirs along), says how the turns are written down one after the other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jinja2

from llm_lessons.checks import shown
from llm_lessons.text.template_budget import BudgetedEnvironment, budget
from llm_lessons.text.tokenizers import Tokenizer

type Message = dict[str, str]

ROLES = ("system", "user", "assistant")


@dataclass(frozen=True)
class ChatTemplate:
    """A template with the text that ends an answer.

    Attributes:
        source: Jinja source; it sees `messages`, `add_generation_prompt`, and the texts
            in `tokens` under their names.
        end: the text that ends an answer, where no token of the vocabulary does.
        tokens: texts that the template may use, such as `bos_token`.
    """

    source: str
    end: str | None = None
    tokens: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _template(self) -> jinja2.Template:
        environment = BudgetedEnvironment()
        environment.globals["raise_exception"] = _refuse
        return environment.from_string(self.source)

    def render(self, messages: Sequence[Message]) -> str:
        """Write down a conversation, up to the place where the model's answer begins.

        Args:
            messages: `{"role": ..., "content": ...}` in turns; roles are "system" (only
                first), "user" and "assistant", and the user has the last word.

        Raises:
            ValueError: the messages are no such conversation, or the template refuses,
                fails, or computes more than writing them down takes.
        """
        check_messages(messages)
        values: dict[str, Any] = dict(self.tokens)
        try:
            with budget(messages):
                return self._template.render(
                    values, messages=list(messages), add_generation_prompt=True
                )
        except jinja2.TemplateError as error:
            raise ValueError(
                "This model's chat template does not take that: "
                f"{' '.join(str(error).split())[:300].rstrip('.')}."
            ) from error
        except Exception as error:  # whatever a template does wrong
            raise ValueError(
                f"This model's chat template fails ({type(error).__name__}: "
                f"{shown(str(error))}). Use generate, which needs none."
            ) from error

    def encode(self, messages: Sequence[Message], tokenizer: Tokenizer) -> list[int]:
        """Token ids of `render(messages)`, behind what stands in front of every text.

        Only the template's own special tokens count: a message that spells one, such as
        "<|im_end|>", stays text, and can't end itself early.
        """
        check_messages(messages)
        marks = [f"\ue000{i}\ue001" for i in range(len(messages))]
        pairs = list(zip(marks, messages, strict=True))
        text = self.render([message | {"content": mark} for mark, message in pairs])
        special, ids = tokenizer.special_ids, []
        longest_first = sorted(filter(None, special), key=len, reverse=True)
        pattern = "|".join(map(re.escape, longest_first)) or "(?!)"
        for part in re.split(f"({pattern})", text):
            if part and part in special:
                ids.append(special[part])
                continue
            for mark, message in pairs:
                part = part.replace(mark, message["content"])
            ids += tokenizer.encode(part)
        prefix = tokenizer.prefix  # which some templates write themselves
        return ids if ids[: len(prefix)] == prefix else [*prefix, *ids]


def _refuse(reason: str) -> None:
    raise jinja2.TemplateError(reason)


def check_messages(messages: Sequence[Message]) -> None:
    """Raises ValueError, in a sentence, unless these are messages for a model."""
    some = isinstance(messages, Sequence) and not isinstance(messages, str | bytes)
    if not some or not messages:
        raise ValueError(
            'chat takes a list of messages: [{"role": "user", "content": "Hello!"}].'
        )
    for message in messages:
        if not isinstance(message, dict) or not {"role", "content"} <= message.keys():
            raise ValueError(
                'Each message has a "role" and a "content"; this one is '
                f"{shown(message)}."
            )
        if message["role"] not in ROLES:
            raise ValueError(
                'A role is "system", "user" or "assistant"; not '
                f"{shown(message['role'])}."
            )
        if not isinstance(message["content"], str):
            raise ValueError(f"A content is text; not {shown(message['content'])}.")
    if messages[-1]["role"] != "user":
        raise ValueError("The last message has to be the user's: the model answers it.")


# The transcripts in `fjordby.chat`. Fjord never read a system message.
FJORD = ChatTemplate(
    source=(
        "{% for message in messages %}"
        "{% if message['role'] == 'system' %}"
        "{{ raise_exception('Fjord has read no system messages; leave it out.') }}"
        "{% endif %}"
        "{{ 'User: ' if message['role'] == 'user' else 'Fjord: ' }}"
        "{{ message['content'] }}{{ '\\n' }}"
        "{% endfor %}"
        "{% if add_generation_prompt %}Fjord:{% endif %}"
    ),
    end="\n",
)
