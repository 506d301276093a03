"""What every measured side does: obey one line of JSON at a time, and wait in between.

`benchmarks.common.Peer` starts such a process, with whatever Python has the packages.
"""

import json
import os
import sys


def answer_lines(worker: object) -> None:
    """Call the worker's methods as they are asked for, until the input ends.

    Each method's arguments and answer are plain JSON.
    """
    # Answers have the pipe to themselves: whatever else is printed joins the errors.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    for line in sys.stdin:
        request = json.loads(line)
        answer = getattr(worker, request.pop("do"))(**request)
        answers.write(json.dumps(answer) + "\n")
