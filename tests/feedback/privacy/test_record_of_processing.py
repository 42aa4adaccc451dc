"""The record of processing names every field that is kept of a person, and who may see it (LGPD art. 37)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import EmailField, Field, GenericIPAddressField, Model

from feedback.models import Contact
from feedback.roles import OF_ROLES, VIEW, VIEW_COMMENTS

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "privacidade.md"
OURS = {"feedback", "home", "services", "search", "conecta_site"}
#: What tells of a person though its type does not say so.
TELLING = re.compile(r"phone|session_key|^head$", re.IGNORECASE)
#: Telephones of the city itself, as everybody reads them.
OF_NOBODY = {"EmergencyPhone.phone", "CityIdentity.phone", "CityIdentity.ombudsman_phone"}
ROLES = {
    "Redação": "redacao",
    "Revisão": "revisao",
    "Comunicação": "comunicacao",
    "Ouvidoria": "ouvidoria",
    "Controle": "controle",
    "Administração": "administracao",
}


def fields_of(model: type[Model]) -> Iterator["Field[object, object]"]:
    """But for numbers of rows and what Wagtail's pages bring along."""
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        if not field.primary_key or field.related_model is get_user_model():
            yield field


def kept_fields() -> set[str]:
    """Every column of every table of what people say."""
    models = apps.get_app_config("conecta_feedback").get_models()
    return {f"{model.__name__}.{field.name}" for model in models for field in fields_of(model)}


def all_fields() -> dict[str, "Field[object, object]"]:
    """Of all our tables."""
    ours = (config for config in apps.get_app_configs() if config.name.partition(".")[0] in OURS)
    return {
        f"{model.__name__}.{field.name}": field
        for config in ours
        for model in config.get_models()
        for field in fields_of(model)
    }


def tells_of_somebody(name: str, field: "Field[object, object]") -> bool:
    """Whether it points to an account, or holds an address of a person or of a machine."""
    known = field.related_model is get_user_model() or isinstance(field, EmailField | GenericIPAddressField)
    return known or (bool(TELLING.search(name.partition(".")[2])) and name not in OF_NOBODY)


def told() -> dict[str, str]:
    """What the document says of each field: whether it is personal."""
    rows = r"^\| `(\w+\.\w+)` \| [^|]+ \| (não|sim|pode|da equipe) \|$"
    return dict(re.findall(rows, DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))


def test_lgpd_art_37_every_field_that_is_kept_is_in_the_record() -> None:
    assert kept_fields() - set(told()) == set()


def test_lgpd_art_37_whatever_tells_of_a_person_is_in_the_record_wherever_it_is() -> None:
    listed, every = told(), all_fields()
    telling = {name for name, field in every.items() if tells_of_somebody(name, field)}
    assert telling
    assert {name for name in telling if listed.get(name, "não") == "não"} == set()


def test_lgpd_art_37_the_record_names_nothing_that_is_no_more() -> None:
    assert set(told()) - set(all_fields()) == set()


@pytest.mark.parametrize(
    ("operation", "codename"),
    [("Avaliações de serviços, sem nome", VIEW_COMMENTS), ("Manifestações: o que foi dito", VIEW)],
)
def test_lgpd_art_37_who_sees_it_is_who_may(operation: str, codename: str) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"| {operation} |"))
    seen_by = row.split("|")[5]
    named = {role for word, role in ROLES.items() if word in seen_by}
    assert named == {role for role, codenames in OF_ROLES.items() if codename in codenames}


def test_lgpd_art_6_iii_no_field_of_a_cpf_an_address_or_a_program_is_kept() -> None:
    words = re.compile(r"cpf|ip_|_ip|remote|agent|fingerprint|motive|birth", re.IGNORECASE)
    assert [name for name in kept_fields() if words.search(name.partition(".")[2])] == []
    assert {field.name for field in Contact._meta.local_fields} == {"id", "manifestation", "sealed"}
