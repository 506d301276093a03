"""A game with cards; a phone rolls the dice."""
