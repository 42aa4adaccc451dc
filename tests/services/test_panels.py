"""The editor's form: each field once, each with help and an example, inherited commitments below their fields."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, get_edit_handler
from wagtail.test.utils.wagtail_tests import WagtailTestUtils

from services.correspondence import Stream, Versions
from services.mapping import FIELDS
from services.models import (
    ENTRY_MODELS,
    City,
    FormTemplate,
    HoursException,
    InformationPage,
    ProcedurePage,
    SecretariatPage,
    ServicePage,
    Suspension,
    Unit,
    Visit,
)
from services.models.fields import StreamField
from services.models.standards import STANDARDS
from services.record.values import Value
from services.streams import shapes
from services.tick_boxes import LONG, Checklist
from tests.services import charter
from tests.services.editing import add_address, edit_address, logged_in

EDITED = [*ENTRY_MODELS.values(), Suspension, Visit, HoursException]


def handler(model: Any) -> Any:
    viewset = getattr(model, "snippet_viewset", None)
    return viewset.get_edit_handler() if viewset else get_edit_handler(model)


def panels(panel: Any) -> Iterator[FieldPanel]:
    if isinstance(panel, FieldPanel):
        yield panel
    for child in getattr(panel, "children", []):
        yield from panels(child)


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_each_field_stands_once_and_none_is_forgotten(model: Any) -> None:
    names = [panel.field_name for panel in panels(handler(model)) if panel.field_name]
    assert sorted(names) == sorted(set(names))
    own = {
        field.name
        for field in model._meta.get_fields()
        if getattr(field, "editable", False)
        and not field.auto_created
        and field.model.__module__.startswith("services")
    }
    # Wagtail's own panel holds the schedule.
    schedule = {"first_published_at", "go_live_at", "expire_at", "live", "locale", "comments"}
    assert own - schedule <= set(names)


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_each_field_is_explained_with_an_example(model: Any) -> None:
    for panel in panels(handler(model)):
        if panel.field_name in {"go_live_at", "expire_at"}:
            continue
        help_text = str(panel.help_text or panel.db_field.help_text)
        assert "Exemplo: " in help_text, (model.__name__, panel.field_name)
        assert len(help_text) <= 160, (model.__name__, panel.field_name)


def leaves(block: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    children = getattr(block, "child_blocks", None)
    if children is not None:
        for name, child in children.items():
            yield from leaves(child, f"{path}/{name}")
    elif isinstance(block, blocks.ListBlock):
        yield from leaves(block.child_block, path)
    else:
        yield path, block


def test_each_field_of_a_block_is_explained_with_an_example() -> None:
    for model in EDITED:
        for field in model._meta.get_fields():
            if not isinstance(field, StreamField):
                continue
            for path, block in leaves(field.stream_block):
                # The only field of a list or stream is explained above it.
                alone = path.count("/") == 1 or path.endswith(("/answers", "/districts", "/services"))
                assert alone or "Exemplo: " in str(block.field.help_text), (model.__name__, field.name, path)


def test_blocks_hold_every_field_of_their_values() -> None:
    # What a block lacks, an editor's next save would delete.
    for kind, fields in FIELDS.items():
        for field in fields:
            if isinstance(field, Stream | Versions):
                stream = ENTRY_MODELS[kind]._meta.get_field(field.name).stream_block
                same_names(next(iter(stream.child_blocks.values())), field.value_type, f"{kind}.{field.name}")


def same_names(block: Any, value_type: type[Value], path: str) -> None:
    assert set(block.child_blocks) >= set(value_type.model_fields), path
    for name, shape in shapes(value_type).items():
        child, inner = block.child_blocks[name], shape
        if shape.form == "list":
            child, inner = child.child_block, shape.of
        if inner.form == "value":
            same_names(child, inner.of, f"{path}.{name}")


@pytest.mark.parametrize("model", [*EDITED, FormTemplate], ids=lambda model: model.__name__)
def test_models_and_fields_are_named_in_portuguese(model: Any) -> None:
    assert str(model._meta.verbose_name) != model._meta.model_name
    for panel in panels(handler(model)):
        label = str(panel.heading or panel.db_field.verbose_name)
        same_word = panel.field_name in {"latitude", "longitude"}
        assert same_word or label.lower() != panel.field_name.replace("_", " "), (model.__name__, panel.field_name)


def inherited(client: Client, address: str) -> dict[str, str]:
    """Field → what stands below it, greyed."""
    soup = WagtailTestUtils.get_soup(client.get(address).content)
    found = {}
    for name in STANDARDS:
        field = soup.select_one(f"[name=standard_{name}]").find_parent(attrs={"data-field-input": True})
        below = field.select_one(".conecta-inherited")
        found[name] = " ".join(below.get_text(" ").split()) if below else ""
    return found


@pytest.mark.django_db
def test_what_a_commitment_inherits_stands_below_it_with_its_origin() -> None:
    city = City.load()
    city.title = "Conquista"
    city.standard_waiting = "<p>Até <b>30</b> minutos.</p>"
    city.standard_priority = "<p>Idosos.</p>"
    city.save()
    body = charter.body("Secretaria da Fazenda", standard_priority="<p>Gestantes.</p>")
    service = charter.service(body, standard_waiting="<p>Na hora.</p>")
    client = logged_in("admin")

    for address in (edit_address(service), add_address(ServicePage, body)):
        shown = inherited(client, address)
        assert shown["waiting"] == "Enquanto ficar vazio, vale o texto da cidade: Até 30 minutos."
        assert shown["priority"] == ("Enquanto ficar vazio, vale o texto do órgão (Secretaria da Fazenda): Gestantes.")
        assert shown["cleanliness"].startswith("Ninguém escreveu este compromisso ainda")

    shown = inherited(client, edit_address(body))
    assert shown["priority"] == "Enquanto ficar vazio, vale o texto da cidade: Idosos."


@pytest.mark.django_db
def test_the_form_asks_for_what_is_inherited_once(django_assert_max_num_queries: Any) -> None:
    service = charter.service(charter.body())
    client = logged_in("admin")
    client.get(edit_address(service))
    with django_assert_max_num_queries(90):
        client.get(edit_address(service))


@pytest.mark.django_db
@pytest.mark.parametrize("model", [ServicePage, ProcedurePage, InformationPage, SecretariatPage])
def test_editors_may_comment_on_pages(model: Any) -> None:
    parent = charter.home() if model is SecretariatPage else charter.body()
    page = charter.page(parent, model, "Assunto")
    assert "comments-" in logged_in("admin").get(edit_address(page)).content.decode()


def test_several_are_chosen_by_ticking() -> None:
    widgets = {panel.field_name: panel.widget for panel in panels(handler(ServicePage))}
    assert {widgets[name] for name in ("units", "area_served", "topics", "audiences", "life_events")} == {Checklist}
    hours = Unit._meta.get_field("hours").stream_block.child_blocks["hours"]
    assert hours.child_blocks["days"].field.widget.input_type == "checkbox"


def test_a_checklist_shows_what_is_ticked_first_and_a_filter_only_where_it_is_long() -> None:
    def page(count: int) -> str:
        return Checklist(choices=[(n, f"nome {n}") for n in range(count)]).render("topics", [count - 1])

    assert page(4).index("nome 3") < page(4).index("nome 0")
    assert "search" not in page(LONG - 1)
    assert "search" in page(LONG)
