"""A thousand texts of every kind, the same on every machine, for tokenizers to cut."""

import random
import unicodedata

from tests.parity.prompts import PROMPTS

COUNT = 1000

SENTENCES = (
    "The ferry leaves at 7:45, doesn't it?",
    "She's sure they'll say we've won; I'd rather you'd wait.",
    "Blåbær og rømmegrøt til frokost, sa hun.",
    "Où est la bibliothèque ? Ça coûte 12,50 € !",
    "Der große Fluß fließt über Äcker und Öfen.",
    "¿Cuántos años tiene el niño? ¡Qué sé yo!",
    "Zażółć gęślą jaźń.",
    "Быстрая лиса прыгает через ленивую собаку.",
    "Η γάτα κοιμάται στον ήλιο.",
    "春はあけぼの。やうやう白くなりゆく山ぎは",
    "今天天气很好，我们去散步吧。",
    "오늘은 날씨가 좋습니다.",
    "الطقس جميل اليوم في المدينة.",
    "השמש זורחת מעל הים.",
    "मुझे चाय पसंद है।",
    "for (int i = 0; i < 10; ++i) { total += values[i] * 2; }",
    "SELECT name, COUNT(*) FROM boats WHERE length >= 12.5 GROUP BY name;",
    "<p class='note'>5 &lt; 7 &amp; 9</p>",
    "https://example.org/a/b?c=1&d=%20#top",
    "3.14159 26535 1,000,000 0x1F 1e-9 2026-11-25 50% $9.99",
    "🙂🚲🍵👩‍👩‍👧‍👦🇳🇴 ❤️ ½ ² ™",
    "<|im_start|>user\nhello<|im_end|>",
)
SPACES = (" ", "  ", "\n", "\n\n", "\t", " \n ", "   ", "\r\n", "\u00a0", "\u3000")
RANGES = ((0x20, 0x7F), (0xA0, 0x250), (0x370, 0x530), (0x600, 0x700), (0x4E00, 0x9000))


def _of_sentences(coin: random.Random) -> str:
    parts = coin.choices(SENTENCES, k=coin.randint(1, 5))
    return "".join(part + coin.choice(SPACES) for part in parts)


def _cut_anywhere(coin: random.Random) -> str:
    text = coin.choice(PROMPTS)
    begin = coin.randrange(len(text))
    return text[begin : begin + coin.randint(1, 200)]


def _random_letters(coin: random.Random) -> str:
    first, last = coin.choice(RANGES)
    letters = (chr(coin.randrange(first, last)) for _ in range(coin.randint(1, 40)))
    assigned = (x for x in letters if unicodedata.category(x) != "Cn")
    return "".join(coin.choice(["", "", "", *SPACES]) + x for x in assigned) or "a"


def _numbers_and_signs(coin: random.Random) -> str:
    signs = "0123456789+-*/=.,:;!?'\"()[]{}$%& \n"
    return "".join(coin.choices(signs, k=coin.randint(1, 60)))


def texts() -> list[str]:
    """COUNT texts, by a coin with a fixed seed."""
    coin = random.Random(0)
    kinds = (_of_sentences, _cut_anywhere, _random_letters, _numbers_and_signs)
    return [kinds[i % len(kinds)](coin) for i in range(COUNT)]
