"""What a room plays in an evening: its steps, their texts, and the sheets for it.

    texts           words of the pages, Remember lines
    kinds           what each kind of step wants to know, and what it shows
    decks           the steps of an evening, from handouts/evenings
    figure_steps    figures, as the lessons draw them
    real_coins      a real model, asked once with each of a hundred coins
    content         all that a room plays, in a language
    slides          the same on paper and without phones
    catalog         every sentence of it, for another language
    run_sheet       what a leader holds: the run sheet, and one page for tonight
    take_home       a leaf of what was seen, and sheets in another language
    screens         the three pages: phones, screen, the person who leads
    writing         the folder that all this is served from: build/room
    kit             the kit of an evening

`llm_lessons_room.server` is the server that plays them with a room full of phones.
"""
