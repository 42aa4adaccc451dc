"""The frame around every page, which is drawn once for as long as the city's identity stays what it is."""

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.urls import get_script_prefix, get_urlconf
from django.utils.translation import get_language

from home.identity import Identity

register = template.Library()

#: By part, language and addresses: for which identity it was drawn, and what came out. A handful.
_drawn: dict[tuple[str, ...], tuple[Identity, str]] = {}


class FrameNode(template.Node):
    """Of a page's context it may read ``city_identity`` alone: the next page gets the same."""

    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        """As it was drawn for the page before, or anew."""
        identity: Identity = context["city_identity"]
        addresses = str(get_urlconf() or settings.ROOT_URLCONF)
        key = (self.name, str(get_language()), addresses, get_script_prefix())
        kept = _drawn.get(key)
        if kept is None or kept[0] != identity:
            kept = _drawn[key] = (identity, self.nodelist.render(context))
        return kept[1]


@register.tag
def frame(parser: Parser, token: Token) -> FrameNode:
    """``{% frame "name" %} … {% endframe %}``: of a short page a fifth to a third of the time went into these parts."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endframe",))
    parser.delete_first_token()
    return FrameNode(name.strip("\"'"), nodelist)
