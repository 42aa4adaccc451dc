"""Styles and scripts that the site around us already loads, joined into one file, on every page.

A page of the charter links what it needs with ``{% style %}`` and ``{% script %}`` (``templatetags/parts.py``).
A site that joins files says so here, and the tags then write nothing: one request instead of one a file.
"""

_joined: set[str] = set()


def joins(*paths: str) -> None:
    """Called when an app is ready: every page loads these static files already."""
    _joined.update(paths)


def is_joined(path: str) -> bool:
    """Whether every page loads this static file already."""
    return path in _joined
