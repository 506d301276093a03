"""The skills of Fjordby, practised in very many words: problems, notes, told names.

A model that meets a skill in one form learns the form. So the problems, the notes and
the chats that are written here have many names, nouns, verbs, sentences and orders, and
a tenth of each is kept aside (`aside`), to ask about what was never read.
"""
