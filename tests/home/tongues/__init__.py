"""The demonstration in Spanish and English, and the way between languages."""
