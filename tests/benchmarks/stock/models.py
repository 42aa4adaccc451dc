"""The charter as plain Wagtail pages: the fields of our page models, without records, served by Wagtail."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.api import APIField
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from services.models import SecretariatPage, ServicePage
from services.models.fields import StreamField as OurStreamField
from tests.benchmarks.stock.shown import context_of

_SEARCHED = {"popular_names", "keywords", "summary", "acronym", "other_names"}


def _fields(model: type[models.Model]) -> dict[str, Any]:
    """Copies of a model's own fields; streams become Wagtail's, with the same blocks."""
    copies: dict[str, Any] = {}
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        if field.primary_key:
            continue
        if isinstance(field, OurStreamField):
            copies[field.name] = StreamField(field.stream_block, blank=True)
        elif isinstance(field, ParentalManyToManyField):
            copies[field.name] = ParentalManyToManyField(field.remote_field.model, blank=True, related_name="+")
        elif isinstance(field, models.ForeignKey):
            # A relation cannot be cloned before all models are there.
            to = field.remote_field.model
            copies[field.name] = models.ForeignKey(to, models.SET_NULL, null=True, blank=True, related_name="+")
        else:
            copies[field.name] = field.clone()
    return copies


def _declared(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        **fields,
        "search_fields": [*Page.search_fields, *(index.SearchField(name) for name in fields if name in _SEARCHED)],
        "api_fields": [APIField(name) for name in fields],
    }


class _Charter(Page):
    class Meta:
        abstract = True


StockSecretariat: Any = type(
    "StockSecretariat",
    (_Charter,),
    {"__module__": __name__, "kind": "secretariat", "template": "conecta_services/plain.html"}
    | _declared(_fields(SecretariatPage)),
)


def _service_context(page: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
    return super(StockService, page).get_context(request, *args, **kwargs) | context_of(page, request)


_service_fields = _fields(ServicePage)
# These point to pages of this site.
_service_fields["related"] = StreamField([("service", PageChooserBlock("stock.StockService"))], blank=True)

StockService: Any = type(
    "StockService",
    (_Charter,),
    {
        "__module__": __name__,
        "kind": "service",
        "template": "conecta_services/service.html",
        "get_context": _service_context,
    }
    | _declared(_service_fields),
)
