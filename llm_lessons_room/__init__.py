"""A room that takes part: a screen, a leader, and phones.

    activities  what a room does with its phones: a folder each, with all that it is
    parts       what activities are built from, in plain Python
    content     what an evening shows in each language, and its paper; with the lessons
    server      who lets the phones in, counts what they answer and tells everybody
    web         the three pages, and what activities share there (`web/parts`)

Imports go from `server` and `content` down to `activities`, and from there to `parts`.
"""
