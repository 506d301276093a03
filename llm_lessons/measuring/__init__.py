"""How sure one can be of what was measured, and how likely a text is to a model."""
