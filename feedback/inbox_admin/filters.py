"""By what the inbox is narrowed."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from feedback.models import BodyRequest, Manifestation, Rating
from feedback.naming import bodies
from feedback.owing import OPEN, owed
from feedback.reading import Reader
from feedback.roles import VIEW, VIEW_COMMENTS

COMMENT = "comment"
#: Today among them.
_WEEK = 7


class FilterForm(forms.Form):
    """All of it optional; what is no choice is as if it were not asked."""

    q = forms.CharField(label=_("Protocolo"), required=False, max_length=16)
    body = forms.ChoiceField(label=_("Órgão"), required=False)
    kind = forms.ChoiceField(
        label=_("Tipo"),
        required=False,
        choices=[("", _("Todos")), (COMMENT, _("Comentário de avaliação")), *Manifestation.Kind.choices],
    )
    state = forms.ChoiceField(
        label=_("Situação"),
        required=False,
        choices=[
            ("", _("Em aberto")),
            *Manifestation.State.choices,
            ("all", _("Todas")),
        ],
    )
    due = forms.ChoiceField(
        label=_("Prazo"),
        required=False,
        choices=[("", _("Qualquer")), ("overdue", _("Vencido")), ("week", _("Vence em 7 dias"))],
    )
    mine = forms.BooleanField(label=_("Só as que estão comigo"), required=False)
    doubtful = forms.BooleanField(label=_("Só as marcadas “conferir”"), required=False)

    def __init__(self, data: Any, reader: Reader) -> None:
        super().__init__(data, label_suffix="")
        self.reader = reader
        body: Any = self.fields["body"]
        body.choices = [("", _("Todos")), *_bodies(reader)]
        if not reader.sees_restricted:
            kind: Any = self.fields["kind"]
            kind.choices = [choice for choice in kind.choices if choice[0] != Manifestation.Kind.DENUNCIATION]

    def asked(self) -> dict[str, Any]:
        """What is asked for, by name: what is empty or no choice apart."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def manifestations(self, today: date) -> "QuerySet[Manifestation]":
        """Those that are left."""
        asked, rows = self.asked(), self.reader.manifestations()
        if asked.get("kind") == COMMENT:
            return rows.none()
        state = asked.get("state", "open")
        if state == "open" and "q" not in asked:
            rows = rows.filter(state__in=OPEN)
        elif state in Manifestation.State.values:
            rows = rows.filter(state=state)
        for name, field in (("kind", "kind"), ("q", "protocol__icontains")):
            if name in asked:
                rows = rows.filter(**{field: asked[name]})
        if "body" in asked:
            rows = rows.filter(Q(body_id=asked["body"]) | Q(Exists(_asked_of(asked["body"]))))
        if asked.get("due") == "overdue":
            rows = rows.filter(owed(self.reader, lt=today))
        elif asked.get("due") == "week":
            rows = rows.filter(owed(self.reader, gte=today, lt=today + timedelta(days=_WEEK)))
        if "mine" in asked:
            rows = rows.filter(assigned_to=self.reader.user)
        if "doubtful" in asked:
            rows = rows.filter(doubtful=True)
        return rows

    def comments(self) -> "QuerySet[Rating]":
        """Those that are left: they have no protocol and no deadline."""
        asked, rows = self.asked(), self.reader.comments()
        state = asked.get("state", "open")
        nobodys = state in (Manifestation.State.IN_HAND, Manifestation.State.ANSWERED)
        if asked.get("kind", COMMENT) != COMMENT or nobodys or "due" in asked or "q" in asked:
            return rows.none()
        if state in ("open", Manifestation.State.RECEIVED):
            rows = rows.filter(care__read_at=None)
        elif state == Manifestation.State.CLOSED:
            rows = rows.filter(care__read_at__isnull=False)
        if "body" in asked:
            rows = rows.filter(body_id=asked["body"])
        if "mine" in asked:
            rows = rows.filter(care__assigned_to=self.reader.user)
        if "doubtful" in asked:
            rows = rows.filter(set_aside=True)
        return rows


def _asked_of(body: str) -> "QuerySet[BodyRequest]":
    return BodyRequest.objects.filter(manifestation=OuterRef("pk"), body_id=body)


def _bodies(reader: Reader) -> list[tuple[str, str]]:
    every = bodies()
    reaches = [reader.bodies(VIEW), reader.bodies(VIEW_COMMENTS)]
    if None in reaches:
        return every
    reach = {body for each in reaches if each is not None for body in each}
    return [(body, title) for body, title in every if body in reach]
