"""From text to tokens and back, and how a conversation becomes one text."""
