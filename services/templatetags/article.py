"""Parts of an article, as its template names them."""

from django import template
from django.template.base import Parser, Token
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

from services.record import Record

register = template.Library()


class PartNode(template.Node):
    """Leaves what is drawn in the context's ``parts`` and nothing on the page."""

    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        """Blank: the page puts the part where it belongs."""
        context["parts"][self.name] = self.nodelist.render(context)
        return ""


@register.tag
def drawn(parser: Parser, token: Token) -> PartNode:
    """``{% drawn "name" %} … {% enddrawn %}``"""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return PartNode(name.strip("\"'"), nodelist)


@register.simple_tag
def article_sections(record: Record) -> SafeString:
    """What other apps say on an entry's page of its record alone: hooks ``conecta_article_section`` take the record."""
    return _by_apps("conecta_article_section", record)


@register.simple_tag
def article_tools(record: Record) -> SafeString:
    """What other apps put under an entry's heading: hooks ``conecta_article_tools`` take the record."""
    return _by_apps("conecta_article_tools", record)


def _by_apps(name: str, record: Record) -> SafeString:
    texts = (hook(record) for hook in hooks.get_hooks(name))
    return format_html_join("\n", "{}", ((text,) for text in texts if text))
