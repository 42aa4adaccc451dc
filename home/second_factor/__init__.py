"""A code from a telephone beside the password, for whoever approves or sees who people are (django-otp)."""
