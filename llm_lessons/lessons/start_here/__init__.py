"""Lesson 0: notebooks/00_start_here.ipynb."""
