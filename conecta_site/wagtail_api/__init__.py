"""Wagtail's API v2 at ``/api/v2``, for front ends that speak it: what is public, read only, told from the records."""
