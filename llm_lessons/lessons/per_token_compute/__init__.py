"""Lesson 7: notebooks/07_per_token_compute.ipynb."""
