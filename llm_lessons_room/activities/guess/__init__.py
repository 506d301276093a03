"""A question of a lesson: a guess, talk, and a guess again."""
