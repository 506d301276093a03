"""Sums of marbles: one half of the room answers at once, the other in steps."""
