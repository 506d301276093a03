"""Every phone tells a chat box a name, and takes it out of the text again."""
