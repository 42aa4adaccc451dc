"""Comments and manifestations as one list: what is owed first comes first, then comments nobody has read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, DateField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from feedback.deadline_words import Told, told
from feedback.inbox_admin.filters import FilterForm
from feedback.models import Manifestation, Rating
from feedback.naming import titles_of
from feedback.owing import OPEN, open_requests
from feedback.reading import Reader

_MANIFESTATION, _COMMENT = 0, 1
_NEVER = date.max
_EXCERPT = 160


@dataclass(frozen=True)
class Item:
    """A line of the list."""

    address: str
    title: str
    kind: str
    state: str
    body: str
    service: str
    received_at: datetime
    text: str
    deadline: Told | None
    #: What a body owes the ombudsman.
    request: Told | None
    assigned: str
    doubtful: bool
    public: bool


def places(form: FilterForm, today: date) -> "QuerySet[Any, Any]":
    """Table and number of each line, in the list's order: two tables cannot be one queryset of rows."""
    manifestations = (
        form.manifestations(today)
        .order_by()
        .values("pk", "received_at")
        .annotate(
            what=Value(_MANIFESTATION, output_field=IntegerField()),
            rank=_rank(When(state__in=OPEN, then=Value(0)), otherwise=2),
            due=Case(
                When(state__in=OPEN, then=F("due_on")),
                default=Value(_NEVER, output_field=DateField()),
                output_field=DateField(),
            ),
        )
    )
    comments = (
        form.comments()
        .order_by()
        .values("pk", "received_at")
        .annotate(
            what=Value(_COMMENT, output_field=IntegerField()),
            rank=_rank(When(care__read_at=None, then=Value(1)), otherwise=2),
            due=Value(_NEVER, output_field=DateField()),
        )
    )
    return manifestations.union(comments, all=True).order_by("rank", "due", "-received_at", "what", "-pk")


def _rank(first: When, *, otherwise: int) -> Case:
    return Case(first, default=Value(otherwise), output_field=IntegerField())


def items(found: Sequence[dict[str, Any]], reader: Reader, today: date) -> Iterator[Item]:
    """The lines of some places: four queries, however many they are."""
    pks = {what: [row["pk"] for row in found if row["what"] == what] for what in (_MANIFESTATION, _COMMENT)}
    manifestations = {
        row.pk: row
        for row in Manifestation.objects.filter(pk__in=pks[_MANIFESTATION])
        .select_related("assigned_to")
        .annotate(beginning=_beginning("text"))
        .defer("text", "answer", "extension_reason")
    }
    ratings = Rating.objects.filter(pk__in=pks[_COMMENT]).select_related("care__assigned_to")
    comments = {row.pk: row for row in ratings}
    every: list[Any] = [*manifestations.values(), *comments.values()]
    names = titles_of({entry_id for row in every for entry_id in (row.service_id, row.body_id)})
    # The last one said of a manifestation is the one that is due first.
    waiting = open_requests(reader).filter(manifestation__in=pks[_MANIFESTATION]).order_by("-due_on")
    owed = dict(waiting.values_list("manifestation", "due_on"))
    for row in found:
        if row["what"] == _COMMENT and row["pk"] in comments:
            yield _of_comment(comments[row["pk"]], names)
        elif row["what"] == _MANIFESTATION and row["pk"] in manifestations:
            yield _of_manifestation(manifestations[row["pk"]], names, owed, today)


def _beginning(field: str) -> Any:
    return Substr(field, 1, _EXCERPT * 2, output_field=CharField())


def _of_manifestation(row: Any, names: dict[str, str], owed: dict[int, date], today: date) -> Item:
    return Item(
        address=reverse("conecta_inbox:manifestation", args=[row.pk]),
        title=row.protocol,
        kind=row.get_kind_display(),
        state=row.get_state_display(),
        body=names.get(row.body_id, ""),
        service=names.get(row.service_id, ""),
        received_at=row.received_at,
        text=Truncator(row.beginning).chars(_EXCERPT),
        deadline=deadline_of(row, today),
        request=told(owed[row.pk], today) if row.pk in owed else None,
        assigned=name_of(row.assigned_to),
        doubtful=row.doubtful,
        public=False,
    )


def _of_comment(row: Any, names: dict[str, str]) -> Item:
    care = getattr(row, "care", None)
    return Item(
        address=reverse("conecta_inbox:comment", args=[row.pk]),
        title=stars_of(row),
        kind=_("Comentário de avaliação"),
        state=_("Lido") if care and care.read_at else _("Não lido"),
        body=names.get(row.body_id, ""),
        service=names.get(row.service_id, ""),
        received_at=row.received_at,
        text=Truncator(row.comment).chars(_EXCERPT),
        deadline=None,
        request=None,
        assigned=name_of(care.assigned_to if care else None),
        doubtful=row.set_aside,
        public=bool(care and care.public),
    )


def deadline_of(row: Manifestation, today: date) -> Told | None:
    """Until when it is, or how it was kept; nothing of what was closed unanswered, as what a person took back is."""
    answered = row.answered_at if row.state not in OPEN else None
    if row.state not in OPEN and answered is None:
        return None
    return told(row.due_on, today, answered_on=timezone.localdate(answered) if answered else None)


def stars_of(row: Rating) -> str:
    """As signs and in words."""
    return _("%(stars)d de 5 estrelas") % {"stars": row.stars}


def name_of(person: Any) -> str:
    """Somebody's name."""
    return str(person.get_full_name() or person.get_username()) if person is not None else ""
