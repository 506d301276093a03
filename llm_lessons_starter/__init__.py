"""The two ways in, `start.py` in a checkout and `llm-lessons` from a wheel.

`commands` lists what one can type behind both, `installation` says what each does in
its own way. They share `command_line`, `trouble` (whatever goes wrong, in one sentence
with its remedy), `atomic` (files and folders that are there whole or not at all),
`lab`, `lessons`, `page_server`, `quietly` (Ctrl-C while modules load), `saving` and
`installer`, which runs uv. To `start.py`, which makes an environment, belong
`from_checkout`, `environment`, `packed` and `release`; `from_wheel` and `layout` belong
to the wheel, which is in one.
Plain Python that reads on Python 3.6 already, with the standard library only.
"""
