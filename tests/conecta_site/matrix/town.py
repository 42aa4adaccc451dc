"""A city with one of everything that an address may name, and what each parameter is filled in with."""

import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import RequestFactory
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import LogContext
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    ModelLogEntry,
    PageViewRestriction,
    Site,
)
from wagtail_localize.models import OverridableSegment, StringSegment, Translation
from wagtail_localize.operations import translate_object

from feedback.models import Attachment, BodyRequest, Contact, PageError
from feedback.ways.links import make as make_links
from feedback.yearly.drafting import draft_report
from feedback.yearly.law import OMBUDSMAN
from home.bundles import script_bundle, style_bundle
from home.cards.naming import card_of
from home.first_day import inviting
from home.identity import city_identity
from home.models import CityIdentity
from home.offline import pack
from home.offline.modules import modules_version
from home.reading.models import GlossaryTerm
from search.models import BestBet, JudgedQuery, ProtectedWord, SynonymGroup
from services.assessment import assess
from services.dismissing.acts import dismiss
from services.front_ends.links import address_for
from services.gate import draft_record, gate_opened
from services.models import (
    Absence,
    Alert,
    ApiKey,
    Audience,
    BookletEdition,
    District,
    FrontEnd,
    HoursException,
    InformationPage,
    LifeEvent,
    ProcedurePage,
    PublishedRecord,
    Question,
    ServicePage,
    Suspension,
    UploadedSheet,
    Visit,
    Webhook,
    WebhookDelivery,
)
from services.newsroom.log_actions import LIVE_AT_ONCE
from services.record import from_json
from services.webhooks.signing import new_seal
from tests.feedback.participation.test_consultation import consultation
from tests.records import demand, put_record, rating
from tests.records import service as service_record
from tests.services import charter
from tests.services.newsroom.acts_of_feedback import brought, commented
from tests.services.newsroom.people import browser, person, set_up, submitted


class Town:
    """All that there is belongs to Saúde; ``people`` are of it, of Fazenda, or of the whole city."""

    def __init__(self) -> None:
        set_up()
        self.own, self.other = charter.body("Saúde", acronym="SMS"), charter.body("Fazenda", acronym="SEFIN")
        self.city = charter.city()
        self.city.save()
        self.people = {
            "Redação": person("redacao", "redacao", body=self.own),
            "Redação, other body": person("redacao-2", "redacao", body=self.other),
            "Revisão": person("revisao", "revisao", body=self.own),
            "Revisão, other body": person("revisao-2", "revisao", body=self.other),
            "Comunicação": person("comunicacao", "comunicacao"),
            "Ouvidoria": person("ouvidoria", "ouvidoria"),
            "Controle": person("controle", "controle"),
            "Administração": person("administracao", "administracao"),
            "Superuser": person("todos", is_superuser=True),
        }
        self.pages()
        self.snippets()
        self.said()
        self._outside()

    def pages(self) -> None:
        """A draft that waits for approval, public pages, and what belongs to pages."""
        writer = self.people["Redação"]
        self.draft = charter.draft_page(self.own, ServicePage, "Marcar consulta")
        submitted(self.draft, writer)
        self.draft = charter.fresh(self.draft)
        self.live = charter.service(self.own, "Tomar vacina", digital_url="https://vacina.example/")
        self.document = Document.objects.create(title="Ata", file=ContentFile(b"Ata", name="ata.txt"))
        self.information = charter.page(
            charter.home(),
            InformationPage,
            "Sobre a Carta",
            body=f'<p><a linktype="document" id="{self.document.pk}">Ata</a></p>',
        )
        self.procedure = charter.page(charter.home(), ProcedurePage, "Ter um filho")
        self.restriction = PageViewRestriction.objects.create(
            page=charter.draft_page(self.own, ServicePage, "Fechado"), restriction_type="password", password="x"
        )
        spanish = Locale.objects.get_or_create(language_code="es")[0]
        translate_object(self.live, [spanish])
        self.translation = Translation.objects.get(source__object_id=self.live.translation_key, target_locale=spanish)
        self.translated = self.translation.get_target_instance()
        OverridableSegment.objects.create(
            source=self.translation.source,
            context=StringSegment.objects.filter(source=self.translation.source)[0].context,
            order=0,
            data_json='""',
        )
        self.alias = self.live.create_alias(parent=self.own, update_slug="outra-vacina")
        self.advised = charter.draft_page(self.own, ServicePage, "Pagar taxa", summary="Efetue o pagamento da taxa.")
        self.open_finding, self.dismissed_finding = self._findings()
        self.consultation = consultation()
        self.report = draft_report(OMBUDSMAN, timezone.localdate().year - 1, user=None, at=timezone.now())
        with gate_opened():
            self.report.latest_revision.publish()
        self.report = charter.fresh(self.report)

    def _findings(self) -> tuple[str, str]:
        found = assess(self.advised.get_latest_revision_as_object()).advice
        first, second = [each for each in found if each.id][:2]
        dismiss(self.advised, second, "É assim que está no boleto.", user=self.people["Redação"], at=timezone.now())
        return first.id, second.id

    def snippets(self) -> None:
        """One of each kind that has a screen of its own."""
        now = timezone.now()
        today = timezone.localdate()
        self.unit = charter.unit("Posto", secretariat=self.own)
        self.form = charter.form(secretariat=self.own)
        self.topic = charter.topic("Impostos")
        self.audience = charter.snippet(Audience, "Idosos")
        self.life_event = charter.snippet(LifeEvent, "Nascer")
        self.district = charter.snippet(District, "Centro")
        self.question = charter.snippet(Question, "Como marco?")
        for name in ("unit", "form", "topic", "audience", "life_event", "district", "question"):
            submitted(getattr(self, name), self.people["Comunicação"])
            setattr(self, name, charter.fresh(getattr(self, name)))
        self.alert = Alert.objects.create(title="Falta de água", starts=now, ends=now + timedelta(days=1))
        with LogContext(user=self.people["Revisão"]):
            self.suspension = Suspension.objects.create(service=self.live, starts=now)
        self.logged = ModelLogEntry.objects.get(action=LIVE_AT_ONCE)
        self.hours = HoursException.objects.create(unit=self.unit, starts=today, ends=today, closed=True)
        self.visit = Visit.objects.create(unit=self.unit, place="Praça", starts=now, ends=now + timedelta(hours=2))
        self.term = GlossaryTerm.objects.create(term="Alvará", meaning="Licença.", locale=Locale.get_default())
        self.absence = Absence.objects.create(
            user=self.people["Revisão"], starts=today + timedelta(days=400), ends=today + timedelta(days=401)
        )
        self.key = ApiKey.objects.create(name="Painel", contact="a@example.org", digest="0" * 64, beginning="ck_")
        self.synonym = SynonymGroup.objects.create(said="gripe", meant="influenza")
        self.bet = BestBet.objects.create(query="vacina", entry_kind="service", entry_id=self.live.record_id)
        self.word = ProtectedWord.objects.create(word="SUS")
        self.judged = JudgedQuery.objects.create(query="vacina", relevant=self.live.record_id)
        self.webhook = Webhook.objects.create(
            name="Painel", url="https://painel.example/", seal=new_seal(), cursor="x.1"
        )
        self.delivery = WebhookDelivery.objects.create(
            webhook=self.webhook, at=now, message_id="m", type="ping", milliseconds=1
        )
        self.front_end = FrontEnd.objects.create(name="App", address="https://app.example/#{token}")
        self.edition = BookletEdition.objects.create(language="pt-br", state="done", asked_at=now, made_at=now)
        self.edition.files.create(form="pdf", data=b"%PDF-1.7")
        of_body = BookletEdition.objects.create(
            language="pt-br", state="done", asked_at=now, made_at=now, body=self.own.record_id, body_title="Saúde"
        )
        of_body.files.create(form="pdf", data=b"%PDF-1.7")
        self.collection = Collection.get_first_root_node().add_child(name="Imagens")
        self.closed_collection = CollectionViewRestriction.objects.create(
            collection=self.collection, restriction_type="password", password="x"
        )
        self.image = Image.objects.create(title="Posto", file=get_test_image_file())
        CityIdentity.objects.create(site=Site.objects.get(is_default_site=True), coat_of_arms=self.image)
        self.redirect = Redirect.add_redirect("/antigo", redirect_to=self.live, is_permanent=True)

    def _outside(self) -> None:
        """What programs and phones ask for."""
        self.demand, self.rating = put_record(demand()), put_record(rating(service_record(), 4.5))
        client = browser(self.people["Redação"])
        request = RequestFactory().get("/")
        request.session, request.user = client.session, self.people["Redação"]
        address = address_for(self.front_end, self.draft, draft_record(self.draft), request=request, at=timezone.now())
        self.preview = urlsplit(address).fragment
        self.module = (modules_version(), "find.js")
        self.cursor = pack.head()
        asked = inviting.invite("nova@example.org", [], by=self.people["Administração"], at=timezone.now())
        self.invitation = asked.invitation
        self.card = card_of(from_json(self.head(self.live).body), city_identity()).stem
        self.style, self.script = style_bundle("").name, script_bundle().name

    def said(self) -> None:
        """What people brought, and what is kept of somebody's work."""
        now = timezone.now()
        self.manifestation = brought(self.own)
        self.asked = BodyRequest.objects.create(
            manifestation=self.manifestation,
            body_id=self.own.record_id,
            text="Faltou?",
            asked_at=now,
            due_on=timezone.localdate(),
        )
        Contact.objects.create(manifestation=self.manifestation, sealed="")
        self.attachment = Attachment.objects.create(
            manifestation=self.manifestation,
            file=ContentFile(b"Foto", name="foto.txt"),
            name="foto.txt",
            content_type="text/plain",
            size=4,
        )
        self.comment = commented(self.live, self.own)
        self.error = PageError.objects.create(
            token=uuid.uuid4(),
            kind="service",
            entry_id=self.live.record_id,
            body_id=self.own.record_id,
            locale="pt-br",
            received_at=now,
            text="O telefone mudou.",
        )
        self.link = next(make_links(self.live.record_id, count=1, days=30, at=now)[1]).rstrip("/").rpartition("/")[2]
        writer = self.people["Redação"]
        self.session = EditingSession.objects.create(
            user=writer,
            content_type=ContentType.objects.get_for_model(ServicePage),
            object_id=self.draft.pk,
            last_seen_at=now,
        )
        self.sheet = UploadedSheet.objects.create(user=writer, name="servicos.xlsx", data=b"x", created_at=now)

    def head(self, entry: Any) -> PublishedRecord:
        """The public record of an entry."""
        found = charter.public(entry)
        assert found is not None, entry
        return found
