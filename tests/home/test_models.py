"""The home page and the city's identity."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, InlinePanel, get_edit_handler
from wagtail.models import Page, Site

from home.identity import city_identity
from home.models import CityIdentity, Highlight, HomePage
from services.record import Alert, LifeEvent
from services.record.identity import id_of
from tests import records

pytestmark = pytest.mark.django_db


def site_identity(**fields):
    return CityIdentity(site=Site.objects.get(is_default_site=True), **fields)


def test_a_new_installation_has_its_home_page_at_the_root():
    site = Site.objects.get(is_default_site=True)
    assert isinstance(site.root_page.specific, HomePage)
    assert site.root_page.locale.language_code == "pt-br"
    assert Page.objects.filter(depth=2).count() == 1
    assert not any(Page.find_problems())


def test_the_home_page_has_search_topics_moments_and_phones(client):
    topic = records.topic("Saúde")
    key = records.key_of("life_event", "Ter um filho")
    event = LifeEvent(kind="life_event", key=key, id=id_of(key), title="Ter um filho", url="/momentos/ter-um-filho/")
    key = records.key_of("alert", "Chuva")
    alert = Alert(kind="alert", key=key, id=id_of(key), title="Chuva", starts=timezone.now() - timedelta(days=1))
    for record in (topic, event, alert):
        records.put_record(record)
    html = client.get("/").content.decode()
    for text in ('action="/busca/"', topic.url, event.url, "Chuva", 'href="tel:192"', "https://wa.me/?text="):
        assert text in html, text
    assert html.count("<h1") == 1
    assert "Dados de demonstração" not in html


def test_every_page_of_a_demonstration_says_so(client):
    real = records.service("Outro")
    records.put_record(records.service("Um", source="demo"))
    records.put_record(real)
    for path in ("/", "/servicos/", "/busca/?q=um+servico", "/nada/", real.url):
        assert "Dados de demonstração" in client.get(path).content.decode(), path


def test_topics_stand_in_the_citys_order(client):
    for title, order in (("Animais", 3), ("Saúde", 1), ("Educação", 2)):
        records.put_record(records.topic(title, order=order))
    html = client.get("/").content.decode()
    assert sorted(("Animais", "Saúde", "Educação"), key=html.index) == ["Saúde", "Educação", "Animais"]


def test_without_highlights_the_most_linked_services_are_shown(client):
    wanted, other = records.service("Procurado"), records.service("Esquecido")
    records.put_record(wanted)
    records.put_record(other)
    records.put_record(records.service("Terceiro", related=[records.ref(wanted)]))
    html = client.get("/").content.decode()
    assert wanted.url in html
    assert other.url not in html


def test_highlights_are_shown_in_the_editors_order_while_they_are_public(client):
    home = HomePage.objects.get()
    pages = [home.add_child(instance=Page(title=title)) for title in ("B", "A", "Rascunho")]
    for place, page in enumerate(pages):
        Highlight.objects.create(page=home, service=page, sort_order=place)
    for page in pages[:2]:
        key = page.translation_key
        records.put_record(records.service(page.title, key=key, id=id_of(key), url=f"/x/{page.slug}/"))
    html = client.get("/").content.decode()
    assert html.index("/x/b/") < html.index("/x/a/")
    assert "Rascunho" not in html


@pytest.mark.parametrize("colour", ["", "#1351b4", "#6c6c6c"])
def test_a_colour_on_which_white_can_be_read_is_taken(colour):
    site_identity(primary_colour=colour).full_clean()


@pytest.mark.parametrize("colour", ["#6f6f6f", "#ffcd07", "azul", "#12345g", "red;}"])
def test_any_other_colour_gets_a_sentence(colour):
    with pytest.raises(ValidationError, match=r"cor|Letras"):
        site_identity(primary_colour=colour).full_clean()


def test_the_identity_is_on_every_page_and_a_change_shows_at_once(client, django_assert_num_queries):
    identity = site_identity(name="Prefeitura Um", phone="7730000001", primary_colour="#0b6e4f")
    identity.save()
    html = client.get("/servicos/").content.decode()
    assert "Prefeitura Um" in html
    assert 'href="tel:+557730000001"' in html
    assert "/conecta-" in html
    with django_assert_num_queries(0):
        city_identity()
    identity.name = "Prefeitura Dois"
    identity.save()
    assert "Prefeitura Dois" in client.get("/servicos/").content.decode()
    assert "Prefeitura Um" not in client.get("/servicos/").content.decode()


def test_an_installation_without_identity_has_pages():
    assert city_identity().name == ""


def field_panels(panel):
    if isinstance(panel, FieldPanel):
        yield panel
    inside = [panel.child_edit_handler] if isinstance(panel, InlinePanel) else getattr(panel, "children", [])
    for child in inside:
        yield from field_panels(child)


@pytest.mark.parametrize("model", [HomePage, CityIdentity], ids=lambda model: model.__name__)
def test_each_field_of_the_city_s_face_is_explained_with_an_example(model):
    handler = model.get_edit_handler() if issubclass(model, Page) else get_edit_handler(model)
    found = {panel.field_name: panel for panel in field_panels(handler)}
    assert len(found) > 5
    for name in found.keys() - {"go_live_at", "expire_at"}:
        assert "Exemplo: " in str(found[name].help_text or found[name].db_field.help_text), name
