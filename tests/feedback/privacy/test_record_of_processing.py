"""The record of processing names every field that is kept (LGPD art. 37)."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

from feedback.models import Contact

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "privacidade.md"


def kept_fields() -> set[str]:
    """Every column of every table of feedback, but numbers of rows and what Wagtail's pages bring along."""
    return {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("conecta_feedback").get_models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if not field.primary_key
    }


def test_lgpd_art_37_every_field_that_is_kept_is_in_the_record() -> None:
    listed = set(
        re.findall(r"^\| `(\w+\.\w+)` \| [^|]+ \| (?:não|sim|pode|da equipe) \|$", DOCUMENT.read_text(), re.MULTILINE)
    )
    assert kept_fields() - listed == set()


def test_no_field_of_a_cpf_an_address_or_a_program_is_kept() -> None:
    words = re.compile(r"cpf|ip_|_ip|remote|agent|fingerprint|motive|birth", re.IGNORECASE)
    assert [name for name in kept_fields() if words.search(name.partition(".")[2])] == []
    assert {field.name for field in Contact._meta.local_fields} == {"id", "manifestation", "sealed"}
