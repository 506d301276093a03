"""What `start.py` is made of: plain Python that reads on Python 3.6 already.

`environment` makes the lessons' own environment and runs programs in it; `lab` settles
JupyterLab there, which calls `saving`; `trouble` turns whatever goes wrong into one
sentence with its remedy. Standard library only.
"""
