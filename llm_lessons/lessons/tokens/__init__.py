"""Lesson 1: notebooks/01_tokens.ipynb."""
