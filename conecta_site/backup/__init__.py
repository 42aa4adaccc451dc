"""A copy of all that an installation holds, and an installation made from it."""
