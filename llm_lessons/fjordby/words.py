"""The words that the people of Fjordby are made of: names, towns, jobs, foods, pets."""

import zlib


def listed(words: str) -> tuple[str, ...]:
    """Returns the words of a list that is written as in a sentence: "a, b, c"."""
    return tuple(words.split(", "))


FEMALE_NAMES = listed(
    "Alma, Anna, Astrid, Edda, Elin, Freya, Greta, Hanna, Hedda, Ida, Ingrid, Julia, "
    "Kaia, Karin, Lena, Linnea, Liv, Maja, Marta, Mira, Nora, Oda, Petra, Ronja, "
    "Runa, Sara, Signe, Siri, Tilda, Tuva, Vera, Ylva"
)
MALE_NAMES = listed(
    "Anders, Axel, Bo, Carl, David, Emil, Erik, Finn, Gustav, Hans, Henrik, Isak, "
    "Jan, Jonas, Kasper, Lars, Leif, Magnus, Mats, Nils, Olav, Oskar, Per, Rolf, "
    "Simen, Stig, Sven, Theo, Tor, Ulf, Viktor, Yngve"
)
FIRST_NAMES = FEMALE_NAMES + MALE_NAMES

SURNAME_STARTS = listed(
    "Alm, Ask, Aust, Birk, Bjerk, Bratt, Brek, Dahl, Dyb, Eik, Elv, Eng, Fager, Falk, "
    "Fjell, Furu, Gran, Grim, Gron, Gull, Hag, Halv, Hassel, Hav, Hjort, Holt, Horn, "
    "Hval, Hvit, Jern, Kald, Kamp, Kirk, Klev, Krag, Kron, Kvern, Lang, Lauv, Lill, "
    "Lind, Lund, Lyng, Mark, Mose, Myr, Natt, Nord, Orm, Rav, Rein, Ros, Rug, Sand, "
    "Sel, Sjo, Skar, Skog, Smed, Snar, Sol, Sommer, Stav, Stein, Stor, Strand, Sval, "
    "Svart, Tang, Tind, Tran, Trol, Ulve, Varg, Vest, Vind, Vinter, Vold, Ytter, Ost"
)
SURNAME_ENDS = listed(
    "aas, bakk, berg, bo, bro, by, dal, eng, foss, fjord, gard, hall, hamar, haug, "
    "heim, hjelm, holm, kvist, land, gren, feldt, lien, lund, mark, blad, moen, myr, "
    "nes, rod, rud, sen, set, skar, skog, sletten, stad, sten, strand, stuen, sund, "
    "tangen, tun, tveit, um, vang, ved, vegg, vik, vold, voll"
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


SURNAME_PARTS = tuple(
    (start, end)
    for start in SURNAME_STARTS
    for end in SURNAME_ENDS
    if start.lower() != end
)

TOWNS = listed(
    "Aldersund, Blekholm, Bolgevik, Bremsund, Clausby, Djupvik, Drangby, Dunholm, "
    "Eldstad, Fossum, Frostby, Fyrstad, Gamlestad, Glimdal, Grindal, Haddal, "
    "Honefjord, Hulby, Ilsvik, Isholm, Jarlsund, Jutdal, Kattegrund, Kjelvik, "
    "Kobbevik, Krokholm, Lomvik, Luftdal, Mellomsund, Morkstad, Munkeby, Nesodd, "
    "Odervik, Oksvik, Perlefjord, Pilestad, Ramsund, Rissby, Rundal, Salthavn, "
    "Silfjord, Skjelsund, Tarnby, Tolvik, Torsby, Uthavn, Vardeby, Vassdal, Veksund, "
    "Ysterdal"
)
# Nobody of Fjordby lives there, but they have sights.
FARTHER_TOWNS = tuple(
    start + end
    for start in listed(
        "Arne, Balle, Brunne, Dove, Ekre, Farre, Gisle, Haave, Inder, Karle, Ledde, "
        "Mande, Nesse, Opper, Porse, Rosse, Samme, Tolle, Urre, Velle"
    )
    for end in ("havn", "sand", "torp", "fors", "lund")
)
# Jobs and pets begin with a consonant, so that "a" is always right before them.
JOBS = listed(
    "baker, barber, beekeeper, blacksmith, boat builder, bookseller, bricklayer, bus "
    "driver, butcher, candle maker, carpenter, cheesemaker, chemist, chimney sweep, "
    "clockmaker, cook, dancer, dentist, doctor, farmer, ferry captain, fisher, "
    "gardener, geologist, glassblower, goldsmith, judge, lawyer, librarian, "
    "lighthouse keeper, locksmith, mapmaker, miller, nurse, painter, photographer, "
    "piano tuner, pilot, plumber, poet, potter, reporter, sailor, shepherd, singer, "
    "tailor, teacher, toymaker, vet, weaver"
)
FOODS = listed(
    "apple cake, banana bread, barley porridge, bean stew, beef stew, beetroot soup, "
    "blueberry pie, brown cheese, cabbage stew, carrot cake, cherry pie, chicken "
    "soup, chocolate cake, cinnamon bread, corn bread, crab salad, egg salad, fish "
    "soup, fried trout, garlic bread, gingerbread, goat cheese, grilled cod, honey "
    "toast, lamb stew, leek pie, lemon pudding, lentil curry, melon salad, mushroom "
    "stew, noodle soup, oat porridge, onion tart, pea soup, peach tart, pear tart, "
    "pickled herring, plum jam, potato salad, pumpkin soup, raspberry jelly, rice "
    "pudding, roast lamb, rye bread, smoked salmon, spinach pie, strawberry jam, "
    "tomato soup, vanilla ice cream, walnut cake"
)
PETS = listed(
    "badger, beaver, beetle, calf, canary, cat, crab, crow, dog, donkey, dove, duck, "
    "falcon, ferret, finch, fox, frog, gecko, goat, goldfish, goose, guinea pig, "
    "hamster, hawk, hedgehog, hen, lamb, lizard, llama, magpie, monkey, mouse, newt, "
    "parrot, peacock, penguin, pigeon, pony, puffin, rabbit, raven, reindeer, seal, "
    "sheep, snail, spider, squirrel, swan, toad, turtle"
)
