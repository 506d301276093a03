"""Ten questions, asked before the evening and after it."""
