"""What both sides read: texts of many kinds, from one token to over five hundred."""

SHORT = (
    "a",
    "The capital of France is the city of",
    "Once upon a time there was a girl called Ida who lived in a",
    "Drammen er en by i Norge, og elva renner ut i fjorden.",
    "def add(a, b):\n    return a + b\n\n\nprint(add(2, 3))",
    "2 oranges at $2 are $4, and $13 - $4 = $9.\n3 apples cost $9, so one costs",
    "1234567890 times 9 is 11111111010",
    "Blåbærsyltetøy, æøå ÆØÅ, café, naïve, Zürich, Łódź",
    "I ❤ tea 🍵 and 🚲 rides. 日本語 и русский",
    "  two spaces, a tab\t, and\n\nan empty line  ",
    "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z",
    "the the the the the the the the the the the the the",
    "Q: What is the tallest mountain?\nA: Mount Everest.\n"
    "Q: And the longest river?\nA:",
    '{"name": "Fjord", "layers": 6, "tied": true, "seeds": [0, 1, 2]}',
    "WHY IS EVERYBODY SHOUTING? I am not. (Are you?) -- No...",
    "x = [i**2 for i in range(10) if i % 2 == 0]  # even squares",
)

_PARAGRAPH = (
    "The harbour lay quiet in the morning, and the boats rocked gently on their ropes. "
    "An old woman with a basket counted the steps from her door to the market: {n} in "
    "all, or so she said. Nobody had ever counted after her. On the way she met the "
    "baker's boy, who asked whether bread was dearer than fish this year. "
)

LONG = tuple(
    "".join(_PARAGRAPH.format(n=37 * i) for i in range(1, count))
    for count in (2, 3, 5, 7, 9)
)
PROMPTS = (*SHORT, *LONG)
CONTINUED = PROMPTS[1:11]  # which both sides continue, always with the likeliest token

CHAT = (
    {"role": "user", "content": "What is the capital of France?"},
    {"role": "assistant", "content": "Paris."},
    {"role": "user", "content": "And of Norway? Answer with one word."},
)
