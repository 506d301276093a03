"""The machine: one pure function of its parameters and the tokens."""
