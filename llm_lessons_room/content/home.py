"""A chat with Fjord as one file, for a phone to keep: it needs no room and no network.

A page that came over plain http can store nothing of itself, so it is a file to save.
"""

from llm_lessons.foundation.languages import translator
from llm_lessons.language_model import LanguageModel
from llm_lessons.pages.kit.words import Words
from llm_lessons.pages.model_script import model_script
from llm_lessons.pages.page import page, scripts_of_models
from llm_lessons.pages.pieces import VIEW
from llm_lessons.widgets.chat_box import ChatBox

SAID = ["My name is Ida.", "I have a cat."]
WIDGET = "home-chat"


def home_page(lm: LanguageModel, code: str) -> str:
    """The chat of lesson 0, and the model in the same file."""
    words = Words(translator(code), code)
    box = ChatBox(lm, SAID)
    box._has_origins = False  # what it has read takes as much again
    saved = {key: value for key, value in box.get_state().items() if key != "layout"}
    states = {WIDGET: {"state": saved, "buffers": []}}
    head = (
        f"<header><h1>{words('home.title')}</h1></header>"
        f'<section class="part"><p>{words("home.text")}</p>'
        f'<script type="{VIEW}">{{"model_id": "{WIDGET}"}}</script></section>'
    )
    whole = page(words.plain("home.title"), [], head=head, states=states, language=code)
    beside = scripts_of_models(states)
    return whole.replace(
        beside, f'<script data-model="{lm.name}">{model_script(lm)}</script>'
    )
