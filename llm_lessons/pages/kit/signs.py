"""What hangs in the room and lies on chairs: signs, posters, slips, certificates."""

import html
import re
from dataclasses import dataclass

from llm_lessons.foundation import face
from llm_lessons.language_model import LanguageModel
from llm_lessons.lessons.build_it import paper
from llm_lessons.model.parameters import count_parameters
from llm_lessons.pages.foot import qr_code
from llm_lessons.pages.kit.words import Words

GUESSED = (  # what early comers bet on: certain, open, and learned by heart
    "Once upon a time there",
    "It was a sunny day in",
    "Once upon a time there was a girl called Ida who lived in a",
    "Ida lived in a cottage by the",
    "Ann has 12 marbles in a bag. Ann",
    "Long ago, when the trees were still",
)
SHOWN = 3  # words of the model for each
SLIPS = 4  # exit slips on a leaf
CERTIFICATES = 2  # on a leaf
POSTERS = {  # with the lesson whose drawing is theirs
    "weights": "06_lossy_zip",
    "text": "09_working_memory",
    "coin": "03_sampling",
}
_ALL = "04_temperature"  # whose drawing is that of all
_GAP = '<span class="gap"></span>'


@dataclass(frozen=True)
class Wifi:
    """How phones get into the room's network; empty where it is written by hand."""

    name: str = ""
    password: str = ""


def signs(
    words: Words, address: str = "", wifi: Wifi = Wifi(), laptops: bool = False
) -> list[str]:
    """The door's sign, the wifi's, and a poster for each of the three questions.

    Args:
        laptops: whether people work on some; else who comes in needs none.
    """
    invited = words("signs.shared_text" if laptops else "signs.door_text")
    door = (
        f'<div class="sign">{face.drawing(_ALL)}<h1>{words("signs.door")}</h1>'
        f'<p class="large">{invited}</p>'
        f'<p class="large">{words("signs.door_when")} {_GAP} '
        f"{words('signs.door_until')} {_GAP}</p>"
        f'<p class="large">{words("signs.late")}</p></div>'
    )
    posters = [
        f'<div class="sign poster">{face.drawing(lesson)}'
        f"<h1>{words(f'signs.{poster}')}</h1><p>{words(f'signs.{poster}_text')}</p></div>"
        for poster, lesson in POSTERS.items()
    ]
    return [door, _wifi_sign(words, address, wifi), *posters]


def _wifi_sign(words: Words, address: str, wifi: Wifi) -> str:
    rows = "".join(
        f'<p class="large">{words(f"signs.{key}")}: {_written(value)}</p>'
        for key, value in (("network", wifi.name), ("password", wifi.password))
    )
    joins = f'<div class="code">{qr_code(_joining(wifi))}</div>' if wifi.name else ""
    opens = qr_code(address) if address else '<div class="by-hand"></div>'
    return (
        f'<div class="sign"><div class="step"><div><h1>1 {words("signs.wifi")}</h1>'
        f'{rows}</div>{joins}</div><div class="step"><div><h1>2 {words("signs.open")}'
        f'</h1><p class="large">{_written(address)}</p></div>'
        f'<div class="code">{opens}</div></div>'
        f"<p>{words('signs.no_phone')}</p></div>"
    )


def _written(value: str) -> str:
    return f"<b>{html.escape(value)}</b>" if value else _GAP


def _joining(wifi: Wifi) -> str:
    """What a phone's camera joins a network by."""
    name, password = (
        re.sub(r'([\\;,":])', r"\\\1", text) for text in (wifi.name, wifi.password)
    )
    kind = "WPA" if password else "nopass"
    return f"WIFI:T:{kind};S:{name};P:{password};;"


def arrival(lm: LanguageModel, words: Words) -> str:
    """A game for who is early or late: six lines, their answers upside down below."""
    lines, answers = "", ""
    for text in GUESSED:
        shown = html.escape(text)
        lines += f"<li>{shown} {_GAP}</li>"
        found = paper.next_words(lm, text, 2 * SHOWN)
        likeliest = [token for token in found if token.text.strip().isalpha()][:SHOWN]
        said = ", ".join(
            f"<b>{html.escape(token.text.strip())}</b> {_share(token.chance)}"
            for token in likeliest
        )
        answers += f"<li>… {said}</li>"
    return (
        f"<h1>{words('arrival.title')}</h1><p>{words('arrival.rules')}</p>"
        f"<p>{words('arrival.language')}</p>"
        f'<ol class="bets">{lines}</ol><p class="talk">{words("arrival.talk")}</p>'
        f'<p class="keep">{words("arrival.late")}</p>'
        f'<div class="folded"><p class="fold">{words("arrival.fold")}</p>'
        f'<div class="turned"><h2>{words("arrival.answers")}</h2><ol>{answers}</ol>'
        "</div></div>"
    )


def _share(chance: float) -> str:
    if chance < 0.01:
        return "&lt; 1 %"
    return f"{min(99, round(100 * chance))} %"


def exit_slips(words: Words) -> str:
    """Three questions, as often as a leaf holds them."""
    asked = "".join(
        f"<p>{number} {words(f'exit.{key}')}</p>" + '<div class="line"></div>' * 3
        for number, key in enumerate(("first", "second", "third"), 1)
    )
    sign = (
        f'<div class="cell"><h1>{words("exit.title")}</h1>{asked}'
        f"<p><small>{words('exit.thanks')}</small></p></div>"
    )
    return f'<div class="quarters">{sign * SLIPS}</div>'


def certificates(lm: LanguageModel, words: Words, address: str = "") -> str:
    """Certificates of attendance, as many as a leaf holds; where to go on at home."""
    goes_on = f"<p>{words('certificate.home')} {_written(address)}</p>" * bool(address)
    knobs = words.number(count_parameters(lm.config))
    text = words("certificate.text", knobs=knobs)
    sign = (
        f'<div class="cell certificate">{face.drawing(_ALL)}'
        f"<h1>{words('certificate.title')}</h1>"
        f'<p>{words("certificate.begins")}</p><p class="name">{_GAP}</p><p>{text}</p>'
        f'<p class="signed">{words("certificate.day")} {_GAP} '
        f"{words('certificate.leader')} {_GAP}</p>{goes_on}"
        f"<p><small>{words('certificate.honest')}</small></p></div>"
    )
    return f'<div class="halves">{sign * CERTIFICATES}</div>'
