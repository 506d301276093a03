"""The two ways in, `start.py` in a checkout and `llm-lessons` from a wheel.

Both share `command_line`, `trouble` (whatever goes wrong, in one sentence with its
remedy), `lab`, `lessons` and `page_server`. `environment` and `offline` belong to
`start.py`, which makes an environment; `from_wheel` and `layout` to the wheel, which is
in one.
Plain Python that reads on Python 3.6 already, with the standard library only.
"""
