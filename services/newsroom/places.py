"""Where an entry is written, read, and acted on in the admin."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page


def edit_address(entry: Any) -> str:
    """Where an entry is written."""
    if isinstance(entry, Page):
        return reverse("wagtailadmin_pages:edit", args=[entry.pk])
    return reverse(type(entry).snippet_viewset.get_url_name("edit"), args=[entry.pk])


def read_address(entry: Any) -> str:
    """Where a draft and its history are read."""
    return reverse("conecta_newsroom:history", args=[ContentType.objects.get_for_model(entry).pk, entry.pk])


def act_address(act: str, entry: Any) -> str:
    """Where an act is done to an entry: ``urgent`` or ``take_down``."""
    return reverse(f"conecta_newsroom:{act}", args=[ContentType.objects.get_for_model(entry).pk, entry.pk])


def own_address(user: Any, entry: Any) -> str:
    """Where somebody finds an entry: where they write it, or where they only read it."""
    if isinstance(entry, Page):
        writes = entry.permissions_for_user(user).can_edit()
    else:
        policy = type(entry).snippet_viewset.permission_policy
        writes = policy.user_has_permission_for_instance(user, "change", entry)
    return edit_address(entry) if writes else read_address(entry)
