"""Planned rows become drafts, each in a transaction of its own; never more than a draft.

Row by row, because the log's lock is held while a draft is written: a thousand rows in one transaction would keep
every editor and every publication waiting, and one row's fault would cost the other 999. Nothing is half written:
a row is whole or not at all, each outcome is told, and the same file again does only what is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from wagtail.models import Locale

from services.keys import DatabaseKeys
from services.mapping import write_entry
from services.models import PublishingBusy, Refused, SecretariatPage, ServicePage
from services.publishing import publishing
from services.sheets.plans import PlannedRow, after_of, hindrances

#: How the history calls it.
ACTION = "conecta.sheet.draft"


class NotWritten(Exception):
    """Why a row was left out, as a sentence."""


@dataclass
class Outcome:
    """The pages that got a draft, and the rows that got none, each with why."""

    written: list[tuple[PlannedRow, ServicePage]] = field(default_factory=list)
    left: list[tuple[PlannedRow, str]] = field(default_factory=list)


def write_drafts(rows: Sequence[PlannedRow], *, user: Any) -> Outcome:
    """Write each row that is to be written."""
    outcome = Outcome()
    for row in rows:
        try:
            page = _write(row, user)
        except (NotWritten, Refused) as error:
            outcome.left.append((row, str(error)))
        except PublishingBusy:
            outcome.left.append((row, _("outra publicação está em andamento; envie a planilha de novo")))
        except (ValidationError, IntegrityError) as error:
            said = " ".join(error.messages) if isinstance(error, ValidationError) else _("já existe algo igual")
            outcome.left.append((row, said))
        else:
            outcome.written.append((row, page))
    return outcome


def _write(row: PlannedRow, user: Any) -> ServicePage:
    with publishing():
        return _add(row, user) if row.page is None else _change(row, row.page, user)


def _change(row: PlannedRow, seen: ServicePage, user: Any) -> ServicePage:
    # Read again under the log's lock, which every save in the admin takes.
    page = ServicePage.objects.filter(pk=seen.pk).first()
    if page is None:
        raise NotWritten(_("o serviço foi excluído enquanto isso"))
    if page.latest_revision_id != seen.latest_revision_id:
        raise NotWritten(_("alguém mudou este serviço enquanto isso; envie a planilha de novo para comparar"))
    for reason in hindrances(page, user):
        raise NotWritten(reason)
    draft = page.get_latest_revision_as_object()
    write_entry(draft, after_of(row), DatabaseKeys())
    draft.save_revision(user=user, changed=True, clean=False, log_action=ACTION)
    return page


def _add(row: PlannedRow, user: Any) -> ServicePage:
    record = after_of(row)
    body = SecretariatPage.objects.filter(
        record_id=record.secretariat.id if record.secretariat else "", locale=Locale.get_default(), alias_of=None
    ).first()
    if body is None or not body.permissions_for_user(user).can_add_subpage() or not ServicePage.can_create_at(body):
        raise NotWritten(_("você não pode mais criar serviços neste órgão"))
    if ServicePage.objects.filter(record_id=record.id, locale=Locale.get_default()).exists():
        raise NotWritten(_("este serviço foi criado enquanto isso; envie a planilha de novo para comparar"))
    page = ServicePage(owner=user, live=False, locale=Locale.get_default())
    write_entry(page, record, DatabaseKeys())
    body.add_child(instance=page)
    page.save_revision(user=user, changed=True, clean=False, log_action=ACTION)
    return page
