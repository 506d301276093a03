"""Lesson 10: notebooks/10_build_it.ipynb."""
