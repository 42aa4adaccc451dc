"""Addresses of the city's former site, which lead on to where things are now."""
