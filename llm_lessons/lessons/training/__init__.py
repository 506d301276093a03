"""Lesson 5: notebooks/05_training.ipynb."""
