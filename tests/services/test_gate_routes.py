"""The table of the law: every publishing route × every required item is refused; × complete it goes live."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation

from services.completeness import Incomplete
from services.importing import Importer, Options
from services.mapping import own_record
from services.models import LogHead, PublishedRecord, PublishedVersion, ServicePage
from services.rules import RULES
from tests.services import charter, law
from tests.services.gate_routes import ROUTES, Route, logged
from tests.services.spanish import Translator, spanish

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_both("the gate judges in Python; test_publishing.py and test_acts.py publish on both"),
]


def tried(route: Route, fields: dict[str, Any]) -> str:
    """What whoever tried it was told: nothing if it went through."""
    try:
        with transaction.atomic():
            return route.attempt(fields)
    except Incomplete as refusal:
        return str(refusal)


def public() -> list[tuple[str, str, int]]:
    """What is public of services, and since when."""
    rows = PublishedRecord.objects.public().filter(kind="service").order_by("entry_id")
    return list(rows.values_list("entry_id", "etag", "sequence"))


def test_the_table_has_every_item_that_the_law_requires() -> None:
    assert law.LACKING.keys() == law.SENTENCES.keys()
    assert len(law.SENTENCES) == 13


@pytest.mark.parametrize("make", ROUTES.values(), ids=ROUTES)
def test_each_item_is_required_and_what_is_complete_goes_live(make: Callable[[], Route]) -> None:
    route = make()
    before = public()
    told = {}
    for item in law.LACKING:
        told[item] = tried(route, law.fields(item))
        assert public() == before, item
    for item, sentence in law.SENTENCES.items():
        assert sentence in told[item], (item, told[item])
        others = [other for key, other in law.SENTENCES.items() if key != item]
        assert not any(other in told[item] for other in others), (item, told[item])
    head = LogHead.objects.get().sequence
    assert tried(route, law.fields()) == ""
    after = public()
    assert len(after) == route.public
    new = [row for row in after if row not in before]
    assert new, "nothing went live"
    for entry_id, etag, sequence in new:
        assert sequence > head
        version = PublishedVersion.objects.get(sequence=sequence)
        assert (version.record.entry_id, version.etag, version.deleted) == (entry_id, etag, False)
    assert any(row.title in ("Pedir poda de árvore", "Cópia") for row in PublishedRecord.objects.public())


def _entry(model: Any, name: str, value: Any) -> Any:
    """A draft of another kind that says this."""
    if issubclass(model, Page):
        return charter.draft_page(charter.home(), model, "Nome", **{name: value})
    entry = model(title="Nome", slug="nome", live=False, locale=Locale.get_default(), **{name: value})
    entry.save()
    entry.save_revision()
    return charter.fresh(entry)


def _by_revision(entry: Any) -> str:
    entry.latest_revision.publish()
    return ""


def _by_live_save(entry: Any) -> str:
    entry.live = True
    entry.save()
    return ""


def _by_import(entry: Any) -> str:
    # As the source would have it: another import than that which wrote the draft.
    summary = Importer(Options()).run([own_record(entry).model_copy(update={"source": "tests"})])
    return "".join(item.reason for item in summary.incomplete)


def _by_schedule(entry: Any) -> str:
    revision = entry.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    with logged() as lines:
        try:
            call_command("publish_scheduled")
        except SystemExit:
            return "\n".join(lines)
    return ""


@pytest.mark.parametrize("publish", [_by_revision, _by_live_save, _by_import, _by_schedule])
@pytest.mark.parametrize(("model", "rule", "name", "said", "unsaid"), law.OTHERS)
def test_other_kinds_have_a_gate_too(
    model: Any, rule: str, name: str, said: Any, unsaid: Any, publish: Callable[[Any], str]
) -> None:
    sentence = next(str(each.label) for each in RULES if each.key == rule and model.kind in each.kinds)
    entry = _entry(model, name, unsaid)
    assert sentence in tried(Route(lambda _fields: publish(charter.fresh(entry))), {})
    assert charter.public(entry) is None
    for revision in entry.revisions.all():
        revision.approved_go_live_at = None
        revision.save()
    entry.delete()
    entry = _entry(model, name, said)
    assert tried(Route(lambda _fields: publish(charter.fresh(entry))), {}) == ""
    assert charter.public(entry) is not None


#: Item → first parts of the paths of its words; a number or a choice has no words to translate.
WORDS = {
    "title": ("title",),
    "summary": ("summary",),
    "applicants": ("requirements",),
    "documents": ("steps",),
    "steps": ("steps",),
    "channels": ("steps",),
    **{name: (f"standard_{name}",) for name in law.LACKING if f"standard_{name}" in charter.COMPLETE["service"]},
}


def test_a_translation_needs_each_items_words(translator: Translator) -> None:
    assert law.LACKING.keys() - WORDS.keys() == {"time"}
    service = charter.service(charter.body("PT Saúde", summary="PT cuida."), "PT Marcar consulta", summary="PT resumo")
    translator.submit(service)
    work = translator.work(service)
    for paths in WORDS.values():
        work.target_locale.refresh_from_db()
        StringTranslation.objects.filter(locale=work.target_locale).delete()
        translator.type_in(service, leave_out=paths[0])
        draft = translator.of(service)
        with pytest.raises(Incomplete) as refusal:
            draft.save_revision(clean=False).publish()
        assert str(refusal.value).startswith("Falta")
        assert str(ServicePage._meta.get_field(paths[0]).verbose_name) in str(refusal.value)
        assert spanish(service) is None
    translator.type_in(service)
    translator.publish(service)
    found = spanish(service)
    assert found is not None
    assert PublishedRecord.objects.get(locale="es", entry_id=found.id, kind="service").sequence > 0
