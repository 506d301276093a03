"""What people write of their own accord, from grammars: problems, chats, notes, shops.

Serves C15 (steps), C16 (working memory) and C17 (what sits behind the chat box): who
plays with a model types sentences that no list of frames foresees. So what is read here
is put together from clauses, verbs, joins, asides and careless typing, each drawn for
itself, and full of words that are read hardly anywhere else: they can only be copied.
"""
