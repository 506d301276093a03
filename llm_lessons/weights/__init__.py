"""Weights on disk, in the forms that people use, checked when they are read."""
