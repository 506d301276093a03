"""From scores to text: the coin, the loop around it, and a table of its odds."""
