"""Demonstration data: told apart by its source, and never beside a city's own."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from home import demo_face
from home.demo_tongues import loading
from home.demo_tongues.memory import forget
from services.importing import Importer, Options, Summary
from services.interchange import FORMATS, open_source
from services.languages import source_locale
from services.models import ENTRY_MODELS, PublishedPage, RoleGroup, SecretariatPage
from services.publishing import publishing
from services.roles import setup_roles
from services.workflow import setup_workflow

SOURCE = "demo"

#: Domain of the demo logins' addresses (RFC 2606): by it they are told from a city's own people.
_DOMAIN = "demo.invalid"
#: The body of the demo's writers and reviewers: where it is not, the first one.
BODY = "SEFIN"
#: Demo logins. They exist only where ``CONECTA_DEMO`` serves on the loopback address.
PASSWORD = "conecta-demo"  # noqa: S105
#: Login, the name on the screen, the roles held (of a body: its acronym), and what that means.
_EDITORS: tuple[tuple[str, str, tuple[tuple[str, str], ...], Any], ...] = (
    ("admin", "Administração", (("administracao", ""),), gettext_lazy("administra tudo")),
    ("redacao", "Redação da SEFIN", (("redacao", BODY),), gettext_lazy("escreve para a SEFIN e pede aprovação")),
    (
        "revisao",
        "Revisão da SEFIN",
        (("revisao", BODY),),
        gettext_lazy("revisa o que a SEFIN escreve: a primeira aprovação"),
    ),
    (
        "comunicacao",
        "Comunicação",
        (("comunicacao", ""),),
        gettext_lazy("aprova para toda a cidade: a segunda aprovação"),
    ),
    ("ouvidoria", "Ouvidoria", (("ouvidoria", ""),), gettext_lazy("lê e responde ao que a população diz")),
    ("controle", "Controle Interno", (("controle", ""),), gettext_lazy("lê tudo e não muda nada")),
)


def is_empty_of_real_data() -> bool:
    """Whether every entry here is a demonstration's."""
    models: Iterable[Any] = ENTRY_MODELS.values()
    return not any(model._default_manager.exclude(source=SOURCE).exclude(title="").exists() for model in models)


def traces() -> list[str]:
    """What of a demonstration is here, in words; empty where there is none."""
    logins = get_user_model().objects.filter(email__endswith=f"@{_DOMAIN}").order_by("pk")
    names = logins.values_list(get_user_model().USERNAME_FIELD, flat=True)
    models: Iterable[Any] = ENTRY_MODELS.values()
    entries = sum(model._default_manager.filter(source=SOURCE).count() for model in models)
    found = [f"the demonstration's login {name}" for name in names]
    return found + ([f"the demonstration's charter ({entries} entries)"] if entries else [])


def load(folder: Path, *, face: str = demo_face.FACES[0]) -> Summary:
    """Take over the charter in ``folder``, under a city's face. Raises ``ValueError`` if any of it cannot be read."""
    format_ = FORMATS["conecta"]
    if format_.read is None:
        raise ValueError(format_.name)
    reading = format_.read(open_source(folder, format_.suffixes))
    if reading.rejected:
        raise ValueError("; ".join(f"{item.name}: {item.reason}" for item in reading.rejected))
    summary = Importer(Options()).run(reading.records)
    demo_face.put_on(face)
    return summary


def load_translations(folder: Path, *, at: datetime) -> loading.Told:
    """Make public what ``folder`` says of the charter in other languages, once the charter is here."""
    return loading.load(folder, SOURCE, at=at)


def remove() -> int:
    """Delete every demonstration entry and login; how many entries there were.

    Raises ``ValueError`` if a page that is not the demonstration's stands below one that is: it would go too.
    """
    models: list[Any] = [model for model in ENTRY_MODELS.values() if not issubclass(model, PublishedPage)]
    with publishing():
        pages = _pages()
        if others := _others_below(pages):
            raise ValueError(_("Estas páginas não são da demonstração: %s.") % "; ".join(others))
        keys = {page.translation_key for page in pages}
        removed = len(pages)
        for page in pages:
            page.delete()
        for model in models:
            rows = model._default_manager.filter(source=SOURCE)
            keys.update(rows.values_list("translation_key", flat=True))
            removed += rows.count()
            rows.delete()
        forget(keys | demo_face.take_off_translations())
        get_user_model().objects.filter(email__endswith=f"@{_DOMAIN}").delete()
    demo_face.take_off()
    return removed


def _pages() -> list[Page]:
    """The demonstration's pages in every language, the deepest first: what is above has nothing below it then."""
    models: list[Any] = [model for model in ENTRY_MODELS.values() if issubclass(model, PublishedPage)]
    numbers = [
        pk for model in models for pk in model._default_manager.filter(source=SOURCE).values_list("pk", flat=True)
    ]
    return list(Page.objects.filter(pk__in=numbers).order_by("-depth", "path"))


def _others_below(pages: list[Page]) -> list[str]:
    own = {page.pk for page in pages}
    return [
        other.title
        for page in pages
        if page.numchild
        for other in page.get_descendants()
        if other.pk not in own and other.alias_of_id is None
    ]


@transaction.atomic
def accounts() -> list[tuple[str, str, str]]:
    """The demo's editors with their roles, made if they are not there: login, password, what they may do."""
    setup_roles()
    setup_workflow()
    users: Any = get_user_model()
    for login, name, roles, _what in _EDITORS:
        user, new = users.objects.get_or_create(
            username=login,
            defaults={"is_superuser": login == "admin", "first_name": name, "email": f"{login}@{_DOMAIN}"},
        )
        if new:
            user.set_password(PASSWORD)
            user.save()
        user.groups.set([group for role, body in roles if (group := _group(role, body)) is not None])
    return [(login, PASSWORD, str(what)) for login, _name, _roles, what in _EDITORS]


def _group(role: str, acronym: str) -> Group | None:
    groups = RoleGroup.objects.select_related("group").filter(role=role)
    if acronym:
        bodies = SecretariatPage.objects.filter(locale__language_code=source_locale()).order_by("pk")
        body = bodies.filter(acronym=acronym).first() or bodies.first()
        groups = groups.filter(body=body.record_id if body else None)
    found = groups.first()
    return found.group if found else None
