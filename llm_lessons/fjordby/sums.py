"""Small sums that the corpus never works out, so that tests may ask for them.

Serves C13 and C14. A question in new words is no new question if its sum has been met
in other words. So the sums themselves are held out: as a marble problem of one change,
as a step of a longer one, in a fruit problem and on a till's page. The other way round
a sum may be met: of 12 + 7, that is 7 + 12 or 19 - 7. (The chats add two numbers below
10; those sums are never held out.)
"""

import zlib
from functools import cache

TOTALS = (10, 30)  # the totals from which sums are held out, both included


@cache
def is_held_out(total: int, change: int) -> bool:
    """Tells whether the corpus never works out total + change.

    A checksum of the two numbers decides, about one sum in ten. A change below zero is
    taken away.
    """
    if not TOTALS[0] <= total <= TOTALS[1]:
        return False
    return zlib.crc32(f"{total} {change:+}".encode()) % 10 == 0
