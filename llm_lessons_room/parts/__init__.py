"""What activities are built from.

    step    a step as it is played, and the moments that it goes through
    values  what a phone may answer, checked, and text as a screen can show it
    hiding  which texts of phones are hidden
    tally   what all answers to a step add up to, and its rules; the same of a text from
            each phone
    question  the same of questions with choices; their views: `web/parts/question_*`
    plan    a step as a deck plans it, and what its kind says of itself
    slide   a step without phones, as HTML
    gaps    sentences with gaps, and what stands in them

None of it waits, and it needs nothing but Python.
"""
