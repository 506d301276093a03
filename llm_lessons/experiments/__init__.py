"""Measurements of the claims, each in seconds on a laptop: a module a claim.

    lens           C1        the favourite after each layer
    heads          C1        where a token looks, and heads silenced
    knobs          C1, C2    one weight turned, and every probability that moves
    influence      C2        which of all weights matter for a text
    sizes          C2        knobs counted by shape, and what they weigh
    stateless      C4        the same bits again, and in a fresh process
    tokens         C5        characters a token, for each vocabulary
    tail           C5        a few large probabilities, and many tiny ones
    fit            C3        predictions fit the text, and then the knobs are frozen
    live           C3        a small model in training, while somebody watches
    material       C3        what that model reads, and what it has to beat
    learning       C3        what that bought, beside Fjord and two rivals
    surprise       C3        the probability of each token of a text
    coin           C6        flips counted against probabilities
    commitment     C7        the first word is fixed before the last is chosen
    divergence     C8        where two runs of one prompt part
    runs           C6, C8    runs told flip by flip, with the odds of each
    temperature    C9        variety against right facts
    memory         C10, C11  what is remembered of facts and of sights
    recall         C10, C11  recall against readings, and the shape that survives
    recitation     C12       documents recited word for word, against their copies
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
    working_memory C16       both books side by side, and the edge of the window
    replies        C16       an answer, and how likely the model held it
    own_text       C17       a text of one's own, ready to be learned from
    paper          C17       the odds of the next word on paper, for dice

A lesson imports the module of its claim: `from llm_lessons.experiments import coin`.
`checks` gives every figure its bound, and `python3 start.py check` measures them all.
`intervals` says how sure one can be.
"""
