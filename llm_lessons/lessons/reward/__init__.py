"""Lesson 11: notebooks/11_reward.ipynb."""
