"""Steps that ask nothing: talk, a sentence to remember, a figure, a break."""
