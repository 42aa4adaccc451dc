"""The demonstration comes, comes again, and goes without a trace."""

import io
import uuid

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex, Revision

from feedback.models import CommentCare, Improvement, Manifestation, Rating, RatingSum
from home.demo_voices import speaking
from home.demonstration import SOURCE, is_empty_of_real_data
from home.management.commands import load_demo
from home.models import CityIdentity, HomePage
from services.interchange import FORMATS, open_source
from services.interchange.native import lines
from services.models import ENTRY_MODELS, ProjectAgain, PublishedRecord, Suspension, Visit
from services.projecting import differences
from services.references import references
from tests import records
from tests.services.entries import take_over

pytestmark = pytest.mark.django_db


def load(*flags: str) -> str:
    out = io.StringIO()
    call_command("load_demo", *flags, stdout=out)
    return out.getvalue()


def rows() -> dict[str, int]:
    """How many there are of what an installation counts."""
    tables = (*ENTRY_MODELS.values(), Page, ReferenceIndex, Suspension, Visit, get_user_model(), Group, CityIdentity)
    found = {table.__name__: table._default_manager.count() for table in tables}
    # The home page remembers that it had another face.
    home = [str(page.pk) for page in HomePage.objects.all()]
    return found | {"Revision": Revision.objects.exclude(object_id__in=home).count()}


def permissions() -> set[tuple[str, str]]:
    return set(Group.objects.values_list("name", "permissions__codename"))


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Some of the charter, and what it points to: the whole takes a while to be taken away."""
    native = FORMATS["conecta"]
    found = native.read(open_source(load_demo.FOLDER, native.suffixes)).records
    chosen = [record for record in found if record.kind != "service"]
    chosen += [record for record in found if record.kind == "service"][::12]
    (tmp_path / "demo.jsonl").write_bytes(b"".join(lines(chosen)))
    monkeypatch.setattr(load_demo, "FOLDER", tmp_path)
    return chosen


def test_loaded_twice_it_is_there_once(small):
    assert f"created={len(small)} updated=0 unchanged=0" in load()
    before = rows()
    said = load()
    assert f"created=0 updated=0 unchanged={len(small)}" in said
    assert "admin " in said
    for role in ("redacao", "revisao", "comunicacao", "ouvidoria", "controle"):
        assert f"  {role} " in said
    assert rows() == before
    assert list(differences()) == []


def test_removed_nothing_of_it_is_left_but_the_citys_own_roles(small):
    call_command("setup_roles", stdout=io.StringIO())
    before, granted = rows(), permissions()
    load()
    assert load("--remove") == f"removed={len(small)}\n"
    assert rows() == before
    assert permissions() == granted
    assert not PublishedRecord.objects.public().exists()
    assert PublishedRecord.objects.count() == len(small)
    assert not ProjectAgain.objects.exists()
    assert not any(Page.find_problems())
    assert list(differences()) == []


def test_removed_and_loaded_again_it_has_the_same_ids(small):
    load()
    before = set(PublishedRecord.objects.public().values_list("kind", "entry_id", "body"))
    load("--remove")
    load()
    assert set(PublishedRecord.objects.public().values_list("kind", "entry_id", "body")) == before


def test_removing_leaves_what_is_not_the_demonstrations(small):
    load()
    user = get_user_model().objects.create_user("gente")
    page = Page.objects.get(depth=2).add_child(instance=Page(title="Nossa", slug="nossa"))
    load("--remove")
    assert get_user_model().objects.filter(pk=user.pk).exists()
    assert Page.objects.filter(pk=page.pk).exists()


def test_an_editors_own_page_below_a_demonstrations_body_is_said_and_kept(small):
    load()
    model = ENTRY_MODELS["secretariat"]
    body = model.objects.first()
    own = body.add_child(instance=ENTRY_MODELS["service"](title="Nosso", slug="nosso", live=False))
    with pytest.raises(CommandError, match="Nosso"):
        load("--remove")
    assert ENTRY_MODELS["service"].objects.filter(pk=own.pk).exists()
    assert model.objects.filter(source=SOURCE).exists()


def test_it_is_not_loaded_beside_a_citys_own(small):
    take_over([records.secretariat(url="")])
    assert not is_empty_of_real_data()
    before = rows()
    with pytest.raises(CommandError, match="dados próprios"):
        load()
    assert rows() == before


def test_it_is_loaded_only_where_the_demonstration_is_asked_for(small, settings):
    settings.CONECTA = settings.CONECTA.__class__(**vars(settings.CONECTA) | {"demo": False})
    with pytest.raises(CommandError, match="CONECTA_DEMO"):
        load()
    assert not PublishedRecord.objects.exists()
    assert not get_user_model().objects.exists()


def test_its_editors_can_come_in(small, client):
    load()
    for login in ("admin", "redacao", "revisao", "comunicacao", "ouvidoria", "controle"):
        assert client.login(username=login, password="conecta-demo")
        assert client.get("/admin/").status_code == 200


def test_invented_voices_fill_the_panel_and_the_inbox_and_go_without_a_trace(small, client, monkeypatch):
    call_command("setup_roles", stdout=io.StringIO())
    before = rows()
    load()
    assert not Rating.objects.exists(), "they come where they are asked for"
    monkeypatch.setattr(speaking, "_CROWDS", (12, 24))
    said = load("--voices")
    assert f"voices: {Rating.objects.count()}" in said
    token = Rating.objects.order_by("token").values_list("token", flat=True).first()
    assert "voices" not in load("--voices"), "a second time they are there"
    panel = client.get("/avaliacao/").content.decode()
    assert "Nota média" in panel
    assert "Dados de demonstração." in panel
    rated = CommentCare.objects.filter(public=True).first().rating
    assert rated.comment in client.get(f"/avaliacao/servico/{rated.service_id}/").content.decode()
    assert "mudança" in client.get("/observatorio/mudancas/").content.decode()
    client.login(username="ouvidoria", password="conecta-demo")
    inbox = client.get("/admin/conecta/caixa-de-entrada/").content.decode()
    assert Manifestation.objects.filter(state="received").first().protocol in inbox
    load("--remove")
    assert rows() == before
    for table in (Rating, RatingSum, CommentCare, Manifestation, Improvement):
        assert not table.objects.exists(), table
    assert not PublishedRecord.objects.public().exists()
    load("--voices")
    assert Rating.objects.filter(token=token).exists(), "the same ones each time"


def test_what_people_really_said_of_a_demonstration_stays(small):
    load("--voices")
    own = Rating.objects.create(
        token=uuid.uuid4(), service_id="a" * 10, stars=5, locale="pt-br", received_at=timezone.now()
    )
    load("--remove")
    assert list(Rating.objects.all()) == [own]


def test_the_whole_charter_is_public_and_says_that_it_is_a_demonstration():
    load()
    native = FORMATS["conecta"]
    found = native.read(open_source(load_demo.FOLDER, native.suffixes)).records
    public = PublishedRecord.objects.public()
    assert public.filter(locale="pt-br").count() == len(found)
    assert set(public.values_list("source", flat=True)) == {SOURCE}
    pointed_to = {ref.id for record in found for _relation, ref in references(record)}
    assert pointed_to <= set(public.values_list("entry_id", flat=True))
