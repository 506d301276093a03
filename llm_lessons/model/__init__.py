"""The machine: one pure function of its parameters and the tokens.

    config       the sizes that fix every matrix
    parameters   the weights
    transformer  the machine: begin with `forward`, its last function, and go up
    attention    how a token looks at others
    kv_cache     the same, token by token: what was worked out is kept
    speed        the same, but sooner

Shapes stand in the signatures: `Float[Array, "B T D"]` has three axes. `#B` may be 1,
`*any` is any axes, and a space before a single letter means nothing.
"""
