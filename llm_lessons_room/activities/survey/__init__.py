"""Six questions, asked before the evening, after it, and four weeks later."""
