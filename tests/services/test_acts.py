"""The register of acts: who did what, when, from which revision; it is read by few and changed by none."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.log_actions import LogContext, log
from wagtail.models import ModelLogEntry, PageLogEntry

from search.models import SynonymGroup
from services.acts.actors import acting_as
from services.acts.keeping import RegisterIsKept
from services.models import City, HoursException, SecretariatPage, ServicePage, Suspension, Unit
from tests import records
from tests.services import charter
from tests.services.editing import edit_address, filled, logged_in
from tests.services.entries import small_charter, take_over
from tests.services.pressing import admin

pytestmark = pytest.mark.django_db
INDEX = "/admin/conecta/atos/"


@pytest.fixture
def control() -> Client:
    """Somebody who reads the register and edits nothing."""
    user = get_user_model().objects.create_user("controle", "controle@demo.invalid", "x", first_name="Ana")
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", "view_pagelogentry")))
    client = Client()
    client.force_login(user)
    return client


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    """The export, with its heading."""
    answer = client.get(f"{INDEX}?export=csv{query}")
    assert answer.status_code == 200
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_pages_snippets_and_settings_are_one_list(control: Client) -> None:
    # Where there is no newsroom, Wagtail's own button publishes.
    publisher = admin()
    get_user_model().objects.filter(username="admin").update(first_name="Admin")
    service = charter.service(charter.body("Secretaria da Saúde"))
    changed = filled(publisher, edit_address(service), title="Marcar consulta médica", **{"action-publish": "1"})
    publisher.post(edit_address(service), changed)
    unit = charter.unit()
    with LogContext(user=get_user_model().objects.get(username="admin")):
        log(City.objects.create(title="Vitória"), "wagtail.edit")
    answer = control.get(INDEX)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "Marcar consulta médica" in shown
    assert unit.title in shown
    assert "Vitória" in shown
    rows = table(control)
    published = next(row for row in rows if row["Ato"] == "Publicar" and row["Nome"] == "Marcar consulta médica")
    assert published["Quem"] == "Admin"
    assert published["Conta"] == "admin"
    assert published["Órgão"] == "Secretaria da Saúde"
    assert published["Versão"] == str(ServicePage.objects.get().live_revision_id)
    assert {row["Tipo"] for row in rows} >= {
        "serviço",
        "órgão",
        str(Unit._meta.verbose_name),
        str(City._meta.verbose_name),
    }


def test_it_is_filtered_by_person_act_body_and_period(control: Client) -> None:
    health, works = charter.body("Secretaria da Saúde"), charter.body("Secretaria de Obras")
    charter.service(health, "Marcar consulta")
    charter.service(works, "Tapar buraco")
    charter.unit("Posto Central", secretariat=health)
    charter.unit("Depósito", secretariat=works)
    admin = logged_in("admin")
    service = ServicePage.objects.get(title="Tapar buraco")
    admin.post(edit_address(service), filled(admin, edit_address(service), title="Tapar buracos"))
    person = get_user_model().objects.get(username="admin").pk
    assert {row["Nome"] for row in table(control, f"&user={person}")} == {"Tapar buraco"}
    of_health = table(control, f"&body={health.pk}")
    assert {row["Nome"] for row in of_health} == {"Secretaria da Saúde", "Marcar consulta", "Posto Central"}
    assert {row["Órgão"] for row in of_health} == {"Secretaria da Saúde"}
    assert {row["Ato"] for row in table(control, "&action=wagtail.create")} == {"Criar"}
    PageLogEntry.objects.create(
        content_type=service.content_type,
        page=service,
        label="Antigo",
        action="wagtail.publish",
        timestamp=datetime(2020, 1, 2, 12, tzinfo=UTC),
    )
    assert [row["Nome"] for row in table(control, "&timestamp_from=2020-01-01&timestamp_to=2020-01-03")] == ["Antigo"]


def test_what_holds_at_once_is_its_bodys_too(control: Client) -> None:
    unit = charter.unit("Posto Central", secretariat=charter.body("Secretaria da Saúde"))
    service = charter.service(charter.body("Secretaria de Obras"), "Tapar buraco")
    Suspension.objects.create(service=service, starts=datetime(2026, 5, 4, 12, tzinfo=UTC))
    HoursException.objects.create(unit=unit, starts=date(2026, 5, 4), ends=date(2026, 5, 4), closed=True)
    rows = table(control, "&action=wagtail.create")
    assert {(row["Tipo"], row["Órgão"]) for row in rows if row["Tipo"] in ("suspensão", "exceção de horário")} == {
        ("suspensão", "Secretaria de Obras"),
        ("exceção de horário", "Secretaria da Saúde"),
    }


def test_what_is_deleted_stays_its_bodys(control: Client) -> None:
    body = charter.body("Secretaria da Saúde")
    charter.service(body, "Marcar consulta").delete()
    unit = charter.unit("Posto Central", secretariat=body)
    log(unit, "wagtail.delete", deleted=True)
    unit.delete()
    gone = [row for row in table(control, f"&body={body.pk}") if row["Ato"] == "Remover"]
    assert {(row["Nome"], row["Órgão"]) for row in gone} == {
        ("Marcar consulta", "Secretaria da Saúde"),
        ("Posto Central", "Secretaria da Saúde"),
    }


def test_an_export_is_no_formula(control: Client) -> None:
    charter.service(charter.body(), '=HYPERLINK("http://x")')
    assert {row["Nome"] for row in table(control) if "HYPERLINK" in row["Nome"]} == {'\'=HYPERLINK("http://x")'}


def test_an_import_names_itself(control: Client) -> None:
    with acting_as("importação da carta federal"):
        take_over([entry for entries in small_charter().values() for entry in entries])
    assert {row["Quem"] for row in table(control)} == {"importação da carta federal"}
    consulta = next(e for e in small_charter()["service"] if e.title == "Consulta")
    with acting_as("importação da carta federal"):
        take_over([consulta.model_copy(update={"summary": "Outro resumo."})], publish=False)
    page = ServicePage.objects.get(title="Consulta")
    last = PageLogEntry.objects.filter(page=page).first()
    assert (last.action, last.data["by"]) == ("wagtail.edit", "importação da carta federal")
    assert last.revision_id == page.latest_revision_id


def test_what_code_does_with_what_goes_live_at_once_is_there(control: Client) -> None:
    service = charter.service(charter.body())
    with acting_as("worker"):
        row = Suspension.objects.create(service=service, starts=datetime(2026, 1, 2, tzinfo=UTC))
        row.message = "Volte amanhã."
        row.save()
        row.delete()
        rule = SynonymGroup.objects.create(said="chapa", meant="placa")
        SynonymGroup.objects.filter(pk=rule.pk).delete()
    found = [(row["Tipo"], row["Ato"]) for row in table(control) if row["Quem"] == "worker"]
    assert sorted(found) == sorted(
        [("suspensão", act) for act in ("Criar", "Editar", "Remover")]
        + [("sinônimos", act) for act in ("Criar", "Remover")]
    )


def test_what_a_person_does_in_the_admin_is_there_once(control: Client) -> None:
    service = charter.service(charter.body())
    add = reverse("wagtailsnippets_conecta_services_suspension:add")
    answer = logged_in("admin").post(
        add, {"service": service.pk, "starts": "26/11/2026 08:00", "message": "Manutenção."}
    )
    assert answer.status_code == 302
    rows = [row for row in table(control) if row["Tipo"] == "suspensão"]
    assert [(row["Ato"], row["Quem"]) for row in rows] == [
        ("Criar", "Administração"),
        ("Publicado sem aprovação prévia", "Administração"),
    ]


def test_who_writes_for_a_body_does_not_read_it() -> None:
    for login in ("redacao", "revisao"):
        assert logged_in(login).get(INDEX).status_code == 302
    assert "Registro de atos" not in logged_in("redacao").get("/admin/").content.decode()


def test_entries_are_neither_changed_nor_deleted() -> None:
    service = charter.service(charter.body())
    unit = charter.unit()
    for table_, entry in (
        (PageLogEntry, PageLogEntry.objects.filter(page=service).first()),
        (ModelLogEntry, ModelLogEntry.objects.filter(object_id=str(unit.pk)).first()),
    ):
        before = table_.objects.count()
        for act in (
            entry.save,
            entry.delete,
            table_.objects.all().delete,
            lambda rows=table_.objects: rows.update(label="Outro"),
            lambda rows=table_.objects, one=entry: rows.bulk_update([one], ["label"]),
        ):
            with pytest.raises(RegisterIsKept), transaction.atomic():
                act()
        assert table_.objects.count() == before


def _views(resolver: URLResolver, prefix: str = ""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def test_no_address_edits_or_deletes_entries(control: Client) -> None:
    """No view of the site is over the register's models, but those that list it; and those answer no POST."""
    models = {PageLogEntry, ModelLogEntry}
    over = {
        address: view.view_class
        for address, view in _views(get_resolver())
        if getattr(view, "view_class", None)
        and (view.view_initkwargs.get("model") or getattr(view.view_class, "model", None)) in models
    }
    assert {view.__name__ for view in over.values()} == {"ActsView"}
    assert not [address for address, _view in _views(get_resolver()) if "logentry" in address]
    for name in ("pagelogentry", "modellogentry"):
        for action in ("edit", "delete"):
            with pytest.raises(NoReverseMatch):
                reverse(f"wagtailsnippets_wagtailcore_{name}:{action}", args=[1])
    for method in ("post", "put", "patch", "delete"):
        assert getattr(control, method)(INDEX).status_code == 405
    assert "PageLogEntry" not in str(Client().get("/api/v1/openapi.json").json())


def test_the_list_is_made_of_few_queries(control: Client, django_assert_max_num_queries) -> None:
    take_over([records.secretariat(f"Órgão {n}", url="") for n in range(40)])
    bodies = list(SecretariatPage.objects.all())
    take_over(
        [
            records.service(f"Serviço {n}", url="", secretariat=records.ref(records.secretariat(bodies[n % 40].title)))
            for n in range(400)
        ]
    )
    control.get(INDEX)
    with django_assert_max_num_queries(30):
        assert control.get(INDEX).status_code == 200
    with django_assert_max_num_queries(30):
        assert control.get(f"{INDEX}?body={bodies[0].pk}").status_code == 200
    # An export asks six more questions for each five hundred rows.
    with django_assert_max_num_queries(30):
        assert len(table(control)) > 500
