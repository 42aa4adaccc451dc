"""Visits are counted, and nobody is."""
