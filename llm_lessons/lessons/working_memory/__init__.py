"""Lesson 9: notebooks/09_working_memory.ipynb."""
