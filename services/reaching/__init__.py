"""Asking servers that others name, without being led into the city's own network."""
