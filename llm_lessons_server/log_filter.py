"""A log filter: errors are printed in the terminal once a minute of each kind.

Whoever leads reads the addresses there. A client that found a way to be no trouble but
for what is said of it would push them out of sight.
"""

import logging
import time
from collections.abc import Callable

INTERVAL = 60.0  # seconds from one remark of a kind to the next
LOGGERS = ("tornado.application", "asyncio")  # of errors that nobody expected


class OncePerInterval(logging.Filter):
    """Lets one record of each kind through, and those that come EVERY seconds later.

    Args:
        clock: reads seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        super().__init__()
        self._clock = clock
        self._again: dict[tuple, float] = {}  # by kind: places in the code, so few

    def filter(self, record: logging.LogRecord) -> bool:
        kind, now = record_kind(record), self._clock()
        if now < self._again.get(kind, now):
            return False
        self._again[kind] = now + INTERVAL
        return True


def record_kind(record: logging.LogRecord) -> tuple:
    """The same for all records of one error: where in the code it was raised."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return record.name, str(record.msg).partition("\n")[0]
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = None if trace is None else (trace.tb_frame.f_code, trace.tb_lineno)
    return record.name, type(error), where
