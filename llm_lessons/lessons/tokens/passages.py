"""Short passages of five kinds, written for this lesson, to be cut into tokens.

The Norwegian passages say what the English ones say, sentence for sentence.
"""

ENGLISH = (
    "The ferry leaves at half past eight, and it does not wait for anybody.",
    "My grandmother keeps her recipes in a blue tin box above the stove.",
    "If you stir the porridge slowly, it will not burn at the bottom.",
    "The school on the hill has three teachers and forty-one children.",
    "Last winter the snow was so deep that we climbed out of the window.",
    "Please return the book to the library before the end of the month.",
    "He said that the weather would change, and for once he was right.",
    "A good question is often worth more than a quick answer.",
    "They painted the boat white, because green paint was too expensive.",
    "Nobody knows who built the little bridge, but everyone uses it.",
    "In summer it is light all night, and the birds hardly sleep.",
    "The doctor asked her to rest, so she read four novels in a week.",
)

NORWEGIAN = (
    "Ferga går klokka halv ni, og den venter ikke på noen.",
    "Bestemora mi har oppskriftene sine i et blått blikkskrin over komfyren.",
    "Hvis du rører sakte i grøten, brenner den seg ikke fast i bunnen.",
    "Skolen på bakken har tre lærere og førtien barn.",
    "I fjor vinter var snøen så dyp at vi klatret ut av vinduet.",
    "Vær så snill og lever boka tilbake til biblioteket før månedens slutt.",
    "Han sa at været ville slå om, og for en gangs skyld hadde han rett.",
    "Et godt spørsmål er ofte mer verdt enn et raskt svar.",
    "De malte båten hvit, fordi grønn maling var for dyr.",
    "Ingen vet hvem som bygde den lille brua, men alle bruker den.",
    "Om sommeren er det lyst hele natta, og fuglene sover nesten ikke.",
    "Legen ba henne om å hvile, så hun leste fire romaner på ei uke.",
)

CODE = (
    "def area(width, height):\n    return width * height\n",
    "for name in sorted(names):\n    print(name.title())\n",
    "if total > limit:\n    raise ValueError('too much')\n",
    "with open(path) as file:\n    lines = file.readlines()\n",
    "squares = [n * n for n in range(10) if n % 2 == 0]\n",
    "class Boat:\n    def __init__(self, sails):\n        self.sails = sails\n",
    "import math\n\nradius = math.sqrt(area / math.pi)\n",
    "while queue:\n    node = queue.pop(0)\n    seen.add(node)\n",
    "try:\n    age = int(answer)\nexcept ValueError:\n    age = None\n",
    "words = text.lower().split()\ncounts = Counter(words)\n",
    "average = sum(scores) / len(scores) if scores else 0.0\n",
    "assert result == expected, f'{result} is not {expected}'\n",
)

DIGITS = (
    "3.14159265358979",
    "2718281828459045",
    "1,024 49,152 100,277",
    "17 + 25 = 42",
    "0047 22 85 50 50",
    "1905 1945 1972 1994",
    "86400 31536000",
    "12:45 18:30 23:59",
    "0.001 0.01 0.1 1.0",
    "65536 4294967296",
    "112358132134",
    "2, 3, 5, 7, 11, 13, 17",
)

EMOJI = (
    "😀😃😄😁😆",
    "🦊🐻🐺🦉🐢",
    "🍎🍐🍊🍋🍌",
    "⛵🚢🚤🚀✈️",
    "🌧️🌤️⛈️❄️🌈",
    "👩‍🚀👨‍🍳👩‍🔬",
    "👍🏽👏🏿🙏🏻",
    "🇳🇴🇫🇷🇯🇵🇧🇷",
    "❤️💛💚💙💜",
    "🎸🥁🎻🎺🎷",
    "🏔️🏕️🌋🏝️",
    "🤔🙄😴🤯🥳",
)

KINDS = {
    "English": ENGLISH,
    "Norwegian": NORWEGIAN,
    "Python code": CODE,
    "digits": DIGITS,
    "emoji": EMOJI,
}
