"""Wagtail rich text, Markdown and foreign HTML become the few safe elements that a record allows.

Allowed: p, br, ul, ol, li, strong, em, h3, h4 and a[href] to http(s), mailto, tel,
``/s/ID`` (another entry) or a path of this site.
"""

import nh3

ELEMENTS = frozenset({"p", "br", "ul", "ol", "li", "strong", "em", "h3", "h4", "a"})


def clean(html: str) -> str:
    """Safe, normalised HTML; cleaning what is clean changes nothing."""
    return nh3.clean(
        html.strip(),
        tags=set(ELEMENTS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    ).strip()
