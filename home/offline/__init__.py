"""The charter where there is no network: what a phone keeps, and the small program that reads it there."""
