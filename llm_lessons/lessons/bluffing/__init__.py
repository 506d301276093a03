"""Lesson 12: notebooks/12_bluffing.ipynb."""
