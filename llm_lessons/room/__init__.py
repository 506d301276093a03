"""What a room plays in an evening: its steps, their texts, and the sheets for it.

    decks           the steps of an evening, from handouts/evenings
    every_question  a deck of all questions of all lessons
    ten             ten questions before the evening and after it
    texts           words of the pages, Remember lines, the glossary
    walls           a figure in the letters and the language of a screen
    figure_steps    figures, as the lessons draw them
    problems, book  marbles, and somebody of whom one page was read
    real_coins      a real model, asked once with each of a hundred coins
    shown, content  what each step shows and hides, in a language
    catalog         every sentence of it, for another language
    run_sheet       what a leader holds: the run sheet, and one page for tonight
    take_home       a leaf of what was seen, and sheets in another language
    screens         the three pages: phones, screen, the person who leads
    writing         the folder that all this is served from: build/room

`llm_lessons_server.room` is the server that plays them with a room full of phones.
"""
