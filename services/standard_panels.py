"""Commitments in an entry's form: below each field, what holds while it is empty, and who wrote that."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from services import rich_text
from services.heads import Heads
from services.mapping import locale_of
from services.models import SecretariatPage, Sourced
from services.record import Ref, Secretariat
from services.record.values import Standard, Standards

#: Letters of an inherited text that are enough to recognise it.
LONGEST = 240

#: As a person meets them: heading, names of commitments.
GROUPS = (
    (_("No atendimento"), ("priority", "waiting", "treatment", "accessibility", "cleanliness")),
    (_("Depois do pedido"), ("communication", "status_lookup", "system_down")),
    (_("Reclamações"), ("manifestation", "manifestation_handling")),
)


def commitments(panel: type[FieldPanel]) -> list[MultiFieldPanel]:
    """The ten fields in their groups."""
    return [MultiFieldPanel([panel(f"standard_{name}") for name in names], heading) for heading, names in GROUPS]


class StandardPanel(FieldPanel):
    """A commitment; below its field stands the one in force from above."""

    class BoundPanel(FieldPanel.BoundPanel):
        """Bound to an entry."""

        @cached_property
        def inherited(self) -> Any:
            """An HTML sentence on what holds while this field is empty."""
            above = _above(self.instance, self.form)
            standard = getattr(above.standards, self.field_name.removeprefix("standard_"))
            if standard is None:
                sentence = gettext("Ninguém escreveu este compromisso ainda: nem a cidade, nem o órgão.")
                return format_html('<p class="conecta-inherited">{}</p>', sentence)
            return format_html(
                '<p class="conecta-inherited"><strong>{}</strong> {}</p>',
                gettext("Enquanto ficar vazio, vale o texto %(origin)s:") % {"origin": above.origin_of(standard)},
                Truncator(rich_text.plain(standard.text)).chars(LONGEST),
            )

        def get_context_data(self, parent_context: Any = None) -> Any:
            """The field, with what is inherited below it."""
            context = super().get_context_data(parent_context)
            if "rendered_field" in context:
                context["rendered_field"] = format_html("{}{}", context["rendered_field"], self.inherited)
            return context


class _Above:
    """The commitments that stand above an entry: its body's in force, or the city's."""

    def __init__(self, *, body: Secretariat | None, city: Standards) -> None:
        self.body = body
        self.standards = body.standards if body else city

    def origin_of(self, standard: Standard) -> str:
        if standard.origin == "secretariat" and self.body:
            return gettext("do órgão (%(name)s)") % {"name": self.body.title}
        return gettext("da cidade")


def _above(instance: Sourced, form: Any) -> _Above:
    """Asked for once a form, for all its commitments."""
    found: _Above | None = getattr(form, "_conecta_above", None)
    if found is None:
        heads = Heads(locale_of(instance))
        city = heads.city()
        body = _body_of(instance, form, heads) if instance.kind == "service" else None
        found = form._conecta_above = _Above(body=body, city=city.standards if city else Standards())
    return found


def _body_of(instance: Any, form: Any, heads: Heads) -> Secretariat | None:
    # A new page has no place in the tree yet: its form knows where it will be.
    parent = getattr(form, "parent_page", None) or (instance.get_parent() if instance.path else None)
    page = parent.specific if parent else None
    if not isinstance(page, SecretariatPage):
        return None
    ref = Ref(kind="secretariat", id=page.record_id)
    heads.load([ref])
    return heads.secretariat(ref)
