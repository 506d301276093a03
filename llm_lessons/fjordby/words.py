"""The words that the people of Fjordby are made of: names, towns, jobs, foods, pets."""

import zlib

from llm_lessons.fjordby.varied.lists import blocks


def listed(words: str) -> tuple[str, ...]:
    """Returns the words of a list that is written as in a sentence: "a, b, c"."""
    return tuple(words.split(", "))


def of_list(title: str) -> tuple[str, ...]:
    """Returns the words of a block of `varied/lists.txt`, which is so written."""
    return listed(" ".join(blocks("lists.txt")[title]))


FEMALE_NAMES, MALE_NAMES = of_list("women"), of_list("men")
FIRST_NAMES = FEMALE_NAMES + MALE_NAMES
TOWNS = of_list("towns")
# Nobody of Fjordby lives there, but they have sights.
FARTHER_TOWNS = tuple(
    start + end
    for start in of_list("farther towns begin")
    for end in ("havn", "sand", "torp", "fors", "lund")
)
# Jobs and pets begin with a consonant, so that "a" is always right before them.
JOBS, FOODS, PETS = of_list("jobs"), of_list("foods"), of_list("pets")
SURNAME_PARTS = tuple(
    (start, end)
    for start in of_list("surnames begin")
    for end in of_list("surnames end")
    if start.lower() != end
)


def surname(start: str, end: str) -> str:
    """Returns the surname built from two parts: "Sol" and "berg" make "Solberg"."""
    return start + end


def is_held_out_surname(name: str) -> bool:
    """Tells whether the corpus never uses this surname, so that tests may.

    The checksum decides, about one surname in ten: no list has to be kept.
    """
    return zlib.crc32(name.encode()) % 10 == 0


def is_for_chats(name: str) -> bool:
    """Tells whether a stranger of this full name may come up in a chat, and only there.

    The checksum decides, about one name in eight: notes leave these out, and no list
    has to be kept.
    """
    return zlib.crc32(name.encode()) % 8 == 0
