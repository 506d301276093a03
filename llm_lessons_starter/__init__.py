"""The two ways in, `start.py` in a checkout and `llm-lessons` from a wheel.

Both share `command_line`, `trouble` (whatever goes wrong, in one sentence with its
remedy), `atomic` (files that are there whole or not at all), `lab`, `lessons`,
`page_server`, `quietly` (Ctrl-C while modules load) and `saving`. To `start.py`, which
makes an environment, belong `environment`, the `successor` that takes its place,
`packed` and `release`; `from_wheel` and `layout` belong to the wheel, which is in one.
`installer` runs uv for both.
Plain Python that reads on Python 3.6 already, with the standard library only.
"""
