"""What rooms have learned: the six questions of saved evenings, as a report.

answers     saved files as people, each with what was right when
gains       how much more was right the second time, and how sure that is
report      the same in words, as a table and as a figure
"""
