"""Advice that an editor waves away with a reason: kept per entry, and only while the words stay as they are."""
