"""Lesson 2: notebooks/02_forward_pass.ipynb."""
