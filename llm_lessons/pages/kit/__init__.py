"""The kit of an evening: what to print and to bring, and what hangs or lies there.

Its words stand in handouts/kit.toml.
"""
