"""The class model has only odds: each phone flips the coin."""
