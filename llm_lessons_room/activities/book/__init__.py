"""A question with the book closed, then with a note for one half of the room."""
