"""What activities are built from.

    step    a step as it is played, and the moments that it goes through
    values  values of phones, checked, and text as a screen can show it
    hiding  which texts of phones are hidden
    tally   the answers to a step, their rules and payload; the same of a text from each
            phone
    question  the tally of questions with choices; their views: `web/parts/question_*`
    plan    a step as a deck plans it, and what its kind says of itself
    slide   parts of slides
    gaps    sentences with gaps, and what stands in them

None of it waits, and it needs nothing but Python.
"""
