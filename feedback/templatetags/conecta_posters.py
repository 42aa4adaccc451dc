"""Addresses of posters and codes."""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def poster_address(what: str, record_id: str, size: str) -> str:
    """Of a poster to print."""
    return reverse(f"conecta_feedback:poster_{what}_{size}", args=[record_id])


@register.simple_tag
def code_address(what: str, record_id: str, form: str) -> str:
    """Of a QR code alone."""
    return reverse(f"conecta_feedback:{form}_{what}", args=[record_id])
