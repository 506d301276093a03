"""The kit of an evening: what to print, what to bring, and all that hangs or lies there.

Its words stand in handouts/kit.toml.
"""
