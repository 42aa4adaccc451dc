"""How the acts on what people say, of the table in docs/roles.md, are tried."""

import uuid
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model

from feedback.models import BodyRequest, CommentCare, Contact, InboxExport, Manifestation, Movement, Rating
from services.models import SecretariatPage, ServicePage
from tests.services import charter
from tests.services.newsroom.acts_of_the_table import act
from tests.services.newsroom.world import World, opens

_REASON = "A obra depende de uma peça que chega no mês que vem."


def brought(body: SecretariatPage, kind: str = "complaint", **fields: Any) -> Manifestation:
    given = {
        "protocol": f"2026.{uuid.uuid4().int % 10**8}",
        "secret_digest": "0" * 64,
        "token": uuid.uuid4(),
        "kind": kind,
        "text": "Faltou vacina.",
        "body_id": body.record_id,
        "locale": "pt-br",
        "state": "in_hand",
        "received_at": timezone.now(),
        "due_on": timezone.localdate() + timedelta(days=30),
    }
    return Manifestation.objects.create(**(given | fields))


def commented(service: ServicePage, body: SecretariatPage) -> Rating:
    return Rating.objects.create(
        token=uuid.uuid4(),
        service_id=service.record_id,
        body_id=body.record_id,
        locale="pt-br",
        stars=2,
        comment="Demorou.",
        received_at=timezone.now(),
    )


def named(name: str, *args: Any) -> str:
    return reverse(f"conecta_inbox:{name}", args=args)


def _reads(world: World, found: Manifestation) -> bool:
    return opens(world.client, named("manifestation", found.pk))


def _did(world: World, found: Manifestation, name: str, **data: Any) -> bool:
    world.client.post(named("act", found.pk, name), {f"{name}-{key}": value for key, value in data.items()})
    return found.movements.exists()


@act("open the inbox of what people say")
def open_inbox(world: World) -> bool:
    return opens(world.client, named("inbox"))


@act("read a manifestation that was sent to the own body")
def read_own(world: World) -> bool:
    return _reads(world, brought(world.own))


@act("read a manifestation of another body")
def read_other(world: World) -> bool:
    return _reads(world, brought(world.other))


@act("read a denunciation")
def read_denunciation(world: World) -> bool:
    return _reads(world, brought(world.own, "denunciation"))


@act("look up who brought a manifestation")
def see_contact(world: World) -> bool:
    found = brought(world.own)
    Contact.objects.create(manifestation=found, sealed="")
    address = named("contact", found.pk)
    return address in world.client.get(named("manifestation", found.pk)).content.decode()


@act("classify a manifestation")
def classify(world: World) -> bool:
    return _did(world, brought(world.own), "classify", kind="praise", body=world.own.record_id, service="")


@act("give a manifestation to a person")
def assign(world: World) -> bool:
    return _did(world, brought(world.own), "assign", person="")


@act("ask a body about a manifestation")
def ask(world: World) -> bool:
    return _did(world, brought(world.own), "ask", body=world.own.record_id, text="Faltou?")


@act("answer what the ombudsman asked of the own body")
def answer_as_body(world: World) -> bool:
    found = brought(world.own)
    today = timezone.localdate()
    asked, other = (
        BodyRequest.objects.create(
            manifestation=found, body_id=body.record_id, text="Faltou?", asked_at=timezone.now(), due_on=today
        )
        for body in (world.own, world.other)
    )
    for request in (asked, other):
        data = {f"answer-{request.pk}-text": "Faltou.", f"extend-{request.pk}-text": _REASON}
        for name in ("extend", "answer"):
            world.client.post(named("request_act", request.pk, name), data)
        request.refresh_from_db()
    assert other.answered_at is None
    assert (asked.extended_at is None) == (asked.answered_at is None)
    return asked.answered_at is not None


@act("extend the deadline of a manifestation")
def extend(world: World) -> bool:
    return _did(world, brought(world.own), "extend", text=_REASON)


@act("note something internal on a manifestation")
def note(world: World) -> bool:
    return _did(world, brought(world.own), "note", text="Liguei.")


@act("answer a manifestation")
def answer(world: World) -> bool:
    return _did(world, brought(world.own), "answer", text="Chegou.")


@act("close a manifestation that was answered")
def close(world: World) -> bool:
    return _did(world, brought(world.own, state="answered"), "close")


@act("say which change of the own body came of what people said")
def note_change(world: World) -> bool:
    found = brought(world.own, received_at=timezone.now() - timedelta(days=900), service_id=world.live.record_id)
    head = charter.head(world.live)
    assert head is not None
    _did(world, found, "change", version=head.versions.latest("sequence").sequence, text=_REASON)
    return found.movements.filter(act=Movement.Act.CHANGED).exists()


@act("read a comment on a service of the own body")
def read_comment(world: World) -> bool:
    return opens(world.client, named("comment", commented(world.live, world.own).pk))


@act("read a comment on a service of another body")
def read_others_comment(world: World) -> bool:
    return opens(world.client, named("comment", commented(world.other_live, world.other).pk))


@act("show a comment on the portal")
def show_comment(world: World) -> bool:
    world.client.post(named("comment_act", commented(world.live, world.own).pk, "show"))
    return CommentCare.objects.filter(public=True).exists()


@act("take what people say out as a table")
def export(world: World) -> bool:
    opened = opens(world.client, named("export"))
    assert opened == InboxExport.objects.exists()
    return opened


@act("add a file, such as the council's minutes")
def add_file(world: World) -> bool:
    file = SimpleUploadedFile("ata.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
    sent = {"document-chooser-upload-title": "Ata", "document-chooser-upload-file": file}
    world.client.post(reverse("wagtaildocs_chooser:create"), sent)
    return bool(get_document_model().objects.filter(title="Ata").exists())
