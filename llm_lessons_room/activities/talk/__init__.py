"""Steps that ask nothing; a phone rolls the dice for a game with cards."""
