"""A small charter as editors write it: pages and snippets, published by Wagtail's own means."""

import json
from typing import Any

from django.utils.text import slugify
from wagtail.models import Locale, Page, Site

from services.models import City, FormTemplate, PublishedRecord, SecretariatPage, ServicePage, Topic, Unit


def _item(value: dict[str, str], block_id: str) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": block_id}


_STEP = {
    "title": "Fazer o pedido",
    "description": "<p>Diga do que precisa.</p>",
    "documents": {"default": [_item({"name": "RG"}, "5b2d3f0e-5f3c-4d8e-9a51-0c1f5a1d2e03")], "cases": []},
    "channels": {
        "default": [
            _item({"type": "in_person", "text": "Praça de Atendimento"}, "5b2d3f0e-5f3c-4d8e-9a51-0c1f5a1d2e04")
        ],
        "cases": [],
    },
}
#: What the gate asks of each kind, in as few words as it takes (Lei 13.460 art. 7).
COMPLETE: dict[str, dict[str, Any]] = {
    "service": {
        "requirements": "<p>Morar na cidade.</p>",
        "steps": json.dumps([{"type": "step", "value": _STEP, "id": "5b2d3f0e-5f3c-4d8e-9a51-0c1f5a1d2e01"}]),
        "time_type": "immediate",
        "standard_manifestation": "<p>Ligue 156.</p>",
        "standard_priority": "<p>Pessoas idosas.</p>",
        "standard_waiting": "<p>Até 30 minutos.</p>",
        "standard_communication": "<p>Por telefone.</p>",
        "standard_manifestation_handling": "<p>A Ouvidoria responde em 30 dias.</p>",
        "standard_status_lookup": "<p>Com o protocolo, pelo 156.</p>",
    },
    "information": {"body": "<p>Ligue 156.</p>"},
    "procedure": {
        "steps": json.dumps(
            [{"type": "step", "value": {"title": "Começar"}, "id": "5b2d3f0e-5f3c-4d8e-9a51-0c1f5a1d2e02"}]
        )
    },
}


def home() -> Page:
    """The page at which the site begins."""
    return Site.objects.get(is_default_site=True).root_page.specific


def draft_page(parent: Page, model: Any, title: str, **fields: Any) -> Any:
    """A page that is not public, with a revision of its own; nothing that is required is missing unless said."""
    given = {"title": title, "summary": f"Sobre {title}.", "live": False} | COMPLETE.get(model.kind, {})
    page = model(**(given | fields))
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision(clean=False)
    return fresh(page)


def page(parent: Page, model: Any, title: str, **fields: Any) -> Any:
    """A public page."""
    found = draft_page(parent, model, title, **fields)
    found.latest_revision.publish()
    return fresh(found)


def body(title: str = "Secretaria da Saúde", **fields: Any) -> SecretariatPage:
    """A public body below the home page."""
    return page(fields.pop("parent", None) or home(), SecretariatPage, title, **fields)


def service(parent: Page, title: str = "Marcar consulta", **fields: Any) -> ServicePage:
    """A public service below its body."""
    return page(parent, ServicePage, title, **fields)


def snippet(model: Any, title: str, **fields: Any) -> Any:
    """A public snippet."""
    slug = slugify(title)
    found = model(title=title, slug=slug, live=False, locale=Locale.get_default(), **fields)
    found.save()
    found.save_revision().publish()
    return fresh(found)


def city(**fields: Any) -> City:
    """A city, not saved yet, with what the law asks it to promise for all of its services."""
    promised = {name: text for name, text in COMPLETE["service"].items() if name.startswith("standard_")}
    return City(**({"title": "Cidade"} | promised | fields))


def form(title: str = "Requerimento", **fields: Any) -> FormTemplate:
    """A public form with a file."""
    version = {"valid_from": "2026-01-01", "url": "https://example.org/requerimento.pdf"}
    versions = [{"type": "version", "value": version, "id": "5b2d3f0e-5f3c-4d8e-9a51-0c1f5a1d2e05"}]
    return snippet(FormTemplate, title, **({"versions": json.dumps(versions)} | fields))


def unit(title: str = "Posto Central", **fields: Any) -> Unit:
    """A public place of attendance."""
    return snippet(Unit, title, **({"how_to_get_there": "Ao lado da praça."} | fields))


def topic(title: str = "Saude", **fields: Any) -> Topic:
    """A public theme."""
    return snippet(Topic, title, **fields)


def edited(entry: Any, **changes: Any) -> Any:
    """A new revision of an entry, not yet published."""
    entry = fresh(entry)
    for name, value in changes.items():
        setattr(entry, name, value)
    return entry.save_revision(clean=False)


def fresh(entry: Any) -> Any:
    """The entry as the database has it."""
    return type(entry)._default_manager.get(pk=entry.pk)


def head(entry: Any, locale: str = "pt-br") -> PublishedRecord | None:
    """The head of an entry, tombstones too."""
    return PublishedRecord.objects.filter(kind=entry.kind, entry_id=entry.record_id, locale=locale).first()


def public(entry: Any) -> PublishedRecord | None:
    """The head of an entry if it is public."""
    found = head(entry)
    return None if found is None or found.deleted else found
