"""Models that lie on this computer already, whoever put them there.

Folders and headers are read and nothing else: nothing is fetched, and nothing written.
"""
