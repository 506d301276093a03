"""Lesson 8: notebooks/08_chain_of_thought.ipynb."""
