"""What the lessons measure, ask and check: a folder a lesson, named as its notebook.

    start_here         the start page
    tokens             C5         what the model reads: pieces of words
    forward_pass       C1 C2 C4   one fixed function: knobs, and a look inside
    sampling           C6 C7 C8   the coin, and where two runs part
    temperature        C9         variety against right facts
    training           C3         predictions fit the text; then the knobs are frozen
    lossy_zip          C10-C12    recall against readings, recital, remix, sizes
    per_token_compute  C13        the same work for every token; at once or step by step
    chain_of_thought   C14 C15    what written steps do, and answers that come first
    working_memory     C16        weights against context
    build_it           C17        sizes, base and assistant, tools, on paper
    reward             C13-C15    rewarded for right answers, it writes steps
    bluffing           B4         wrong in the voice of right; the odds tell; the price

Each holds its experiments (a module each), `exercises.py`, and `questions.toml`, which
`ll.predict` asks. A lesson imports from earlier lessons only. `bounds` lists what is
kept of them, and gives every figure of the model card its goal; `python3 start.py
check` measures them all.
"""

# As the notebooks' headings have them, behind their numbers.
TITLES = {
    "start_here": "Start here",
    "tokens": "Tokens",
    "forward_pass": "The forward pass",
    "sampling": "Sampling",
    "temperature": "Temperature",
    "training": "Training",
    "lossy_zip": "Lossy zip",
    "per_token_compute": "Computation per token",
    "chain_of_thought": "Chain of thought",
    "working_memory": "Working memory",
    "build_it": "Build it",
    "reward": "Reward",
    "bluffing": "Bluffing",
}
LESSONS = tuple(TITLES)
