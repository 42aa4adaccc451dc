"""How an empty installation becomes a city's: its site, its first page, its settings, its roles, its first person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http.request import validate_host
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from home.first_day.inviting import ADMINISTRATION, Result, accounts_of, ends_at, invite, waiting_invitations
from home.first_day.models import Invitation
from home.models import CityIdentity, HomePage
from home.state.machine import waiting_migrations
from search.models import RulesHead, SynonymGroup
from search.starting_thesaurus import load_once
from services.models import City, PublishedRecord, RoleGroup
from services.publishing import publishing
from services.roles import setup_roles
from services.workflow import setup_workflow


@dataclass(frozen=True)
class Beginning:
    """What is told of a new installation. ``locales`` are languages beside the one that everything is written in."""

    #: Of the city alone, as people say it: "Vitória da Conquista".
    name: str
    #: Under which the site is opened, without scheme or port.
    host: str
    admin_email: str
    locales: Sequence[str] = ()


def faults_of(beginning: Beginning) -> list[str]:
    """Why an installation cannot begin so, all at once; empty if it can. Nothing is written."""
    if waiting_migrations():
        return [_("Faltam tabelas no banco de dados: rode antes “manage.py migrate”.")]
    return [fault for fault in (*_of_the_name(beginning), *_of_the_host(beginning), *_of_the_rest(beginning)) if fault]


@transaction.atomic
def begin(beginning: Beginning, *, at: datetime) -> Result:
    """Make what is not there yet, and leave what is; what became of the first person's address.

    A second run with the same words changes nothing, and gives the link that still holds.
    """
    for code in (settings.LANGUAGE_CODE, *beginning.locales):
        Locale.objects.get_or_create(language_code=code)
    with publishing():
        site = _site(beginning)
        _greet(site)
        _name(site, beginning)
    setup_roles()
    setup_workflow()
    load_once(RulesHead, SynonymGroup)
    return _first_person(beginning.admin_email.strip().lower(), at)


def _of_the_name(beginning: Beginning) -> list[str]:
    name = beginning.name.strip()
    if not name:
        return [_("Diga o nome da cidade: --name “Vitória da Conquista”.")]
    if name.casefold().startswith(("prefeitura", "município", "municipio")):
        return [_("Diga só o nome da cidade, sem “Prefeitura”: --name “Vitória da Conquista”.")]
    if PublishedRecord.objects.public().filter(source="demo").exists():
        return [_("Esta instalação tem a carta de demonstração: comece em uma vazia.")]
    present = City.objects.values_list("title", flat=True).first()
    if present and present != name:
        return [_("Esta instalação já é de %s. O nome se muda na tela “Cidade e padrões de atendimento”.") % present]
    return []


def _of_the_host(beginning: Beginning) -> list[str]:
    host = beginning.host.strip().lower()
    if not host or urlsplit(f"//{host}").hostname != host:
        return [_("Diga só o nome do site, sem https:// e sem barra: --host servicos.cidade.ba.gov.br.")]
    faults = []
    if not validate_host(host, settings.ALLOWED_HOSTS):
        faults.append(_("O nome %s não está em CONECTA_ALLOWED_HOSTS.") % host)
    led = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    if led != host:
        sentence = _("CONECTA_BASE_URL leva a %(led)s, e não a %(host)s: os links dos convites não abririam.")
        faults.append(sentence % {"led": led, "host": host})
    return faults


def _of_the_rest(beginning: Beginning) -> list[str]:
    faults = []
    try:
        validate_email(beginning.admin_email.strip())
    except ValidationError:
        faults.append(_("“%s” não é um endereço de e-mail.") % beginning.admin_email)
    known = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    faults += [
        _("Não há a língua %(code)s; há %(known)s.") % {"code": code, "known": ", ".join(known)}
        for code in beginning.locales
        if code not in known
    ]
    return faults


def _site(beginning: Beginning) -> Site:
    """The one site, at its address."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = HomePage.objects.order_by("depth", "pk").first()
    if home is None:
        home = HomePage(title="Carta de Serviços", slug="inicio", locale=Locale.get_default())
        Page.get_first_root_node().add_child(instance=home)
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    wanted = {
        "hostname": beginning.host.strip().lower(),
        "port": address.port or (443 if address.scheme == "https" else 80),
        "site_name": beginning.name.strip(),
        "root_page_id": home.pk,
        "is_default_site": True,
    }
    if site is None:
        return Site.objects.create(**wanted)
    if any(getattr(site, field) != value for field, value in wanted.items()):
        for field, value in wanted.items():
            setattr(site, field, value)
        site.save()
    return site


def _greet(site: Site) -> None:
    """Words for the first page, unless it has some."""
    home = HomePage.objects.get(pk=site.root_page_id)
    if home.hero_title or home.intro:
        return
    with override(settings.LANGUAGE_CODE):
        home.hero_title = _("Do que você precisa?")
        home.intro = _("Encontre os serviços da Prefeitura: o que levar, quanto custa e onde ir.")
    home.save_revision().publish()


def _name(site: Site, beginning: Beginning) -> None:
    """The city's name, where it stands."""
    city: Any = City.load()
    if not city.title:
        city.title = beginning.name.strip()
        city.timezone = settings.TIME_ZONE
        city.save()
    identity = CityIdentity.for_site(site)
    if not identity.name:
        identity.name = f"Prefeitura de {beginning.name.strip()}"
        identity.save()


def _first_person(email: str, at: datetime) -> Result:
    group = RoleGroup.objects.select_related("group").get(role=ADMINISTRATION).group
    invitation: Invitation | None = waiting_invitations().filter(email=email, groups=group).first()
    if invitation is not None and ends_at(invitation) > at and not accounts_of(email).exists():
        return Result(email, "invited", invitation)
    return invite(email, [group], by=None, at=at)
