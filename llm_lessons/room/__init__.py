"""What a room plays in an evening: its steps, their texts, and the sheets for it.

    decks       the steps of an evening, from handouts/evenings
    content     what each step shows, with the class model's numbers

`llm_lessons_server.room` is the server that plays them with a room full of phones.
"""
