"""Lesson 6: notebooks/06_lossy_zip.ipynb."""
