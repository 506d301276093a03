"""One beginning, and as many stories as there are phones."""
