"""Lesson 3: notebooks/03_sampling.ipynb."""
