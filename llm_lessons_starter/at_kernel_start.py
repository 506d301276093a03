"""What each notebook's Python runs first: PYTHONSTARTUP names this file.

So even the first cell of all, `import llm_lessons as ll`, can be asked for by its name,
and a lesson that was only opened has no mark of a change. It is run among the learner's
own variables, and leaves none.
"""

try:
    from llm_lessons_starter import too_early as _too_early
    from llm_lessons_starter import unchanged as _unchanged
except ImportError:  # a Python of its own, in a terminal
    pass
else:
    _too_early.watch()
    _unchanged.keep()
    del _too_early, _unchanged
