"""Files that people send: told by what is in them, never by what they are called."""
