"""What activities are built from.

    moments  the moments that a step goes through
    step     a step as it is played, in one language
    letters  text as a screen can show it
    values   what a phone may answer, checked
    hiding   which texts of phones are hidden
    tally    what all answers to a step add up to, and its rules
    choices, texts
             tallies of one choice among several, and of one text a phone
    plan     a step as a deck plans it, and what its kind says of itself
    slide    a step without phones, as HTML
    gaps     sentences with gaps, and what stands in them

None of it waits, and it needs nothing but Python.
"""
