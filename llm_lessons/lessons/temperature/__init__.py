"""Lesson 4: notebooks/04_temperature.ipynb."""
