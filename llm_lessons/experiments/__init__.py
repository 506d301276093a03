"""Measurements of the claims, each in seconds on a laptop: a module a claim.

    fit            C3        predictions fit the text, and then the knobs are frozen
    coin           C6        flips counted against probabilities
    commitment     C7        the first word is fixed before the last is chosen
    divergence     C8        where two runs of one prompt part
    temperature    C9        variety against right facts
    memory         C10-C12   recall against readings, recitation against copies
    compression    C10       the zip: corpus, xz, weights, and a lossless coder
    remix          C12       the longest match of what is drawn with what was read
    budget         C13       operations and time for one token
    depth          C13, C14  a control: practice and depth told apart
    control        C13, C14  what the control came to
    changes        C13-C15   right answers beside the computation spent
    written        C13-C15   answers token by token, with what each token costs
    reasoning      C13-C15   answering at once and step by step
    reasons        C14, C15  answers first, and altered steps
    steering       C14, C15  a wrong step against a wrong answer
    votes          C15       the majority of several chains
    open_book      C16       weights against context

A lesson imports the module of its claim: `from llm_lessons.experiments import coin`.
`checks` gives every figure its bound, and `python3 start.py check` measures them all.
`intervals` says how sure one can be.
"""
