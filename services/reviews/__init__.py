"""Entries looked at again before they go stale: when, in which order, and who is reminded."""
