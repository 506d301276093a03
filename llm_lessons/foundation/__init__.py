"""What every room stands on: where things lie, what a machine gives, what is checked.

`paths`, `packaged_files` and `face` find files; `machine`, `compiled` and `workplaces`
know where this runs; `checks` refuse a wrong argument in one sentence; `languages`,
`waiting` and `diary` speak to a learner and remember; `js_bundle` joins scripts.
"""
