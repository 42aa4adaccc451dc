"""The state of the system in plain words: what was looked at, how it is, and what to do where it is not well."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import django
import wagtail
from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.state.machine import LITTLE_ROOM, room, version, waiting_migrations
from services import changes
from services.models.sign_of_life import BACKUP, WORKER, SignOfLife

#: The worker gives a sign twice a minute; a long duty may hold one up.
WORKER_SILENT = timedelta(minutes=10)
BACKUP_OLD = timedelta(days=2)
#: Changes that an index may be behind while all is well: a spreadsheet's worth.
LAG_FOR_A_WHILE = 500
_MAIL_SECONDS = 3
_NO_MAIL = ("dummy", "console", "locmem", "filebased")

State = Literal["good", "look", "bad"]


@dataclass(frozen=True)
class Sign:
    """A part of the system; ``todo`` is empty where nothing need be done."""

    name: str
    state: State
    words: str
    todo: str = ""


def signs(at: datetime) -> list[Sign]:
    """Each part, in the order in which one would mend them."""
    return [each for look in _LOOKS for each in look(at)]


def _database(_at: datetime) -> Iterator[Sign]:
    kind = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}.get(connection.vendor, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    yield Sign(_("Banco de dados"), "good", _("Responde (%(kind)s).") % {"kind": kind})


def _tables(_at: datetime) -> Iterator[Sign]:
    waiting = len(waiting_migrations())
    name = _("Atualização do banco de dados")
    if not waiting:
        yield Sign(name, "good", _("Está em dia com esta versão do sistema."))
        return
    words = ngettext("Falta %(count)d passo da atualização.", "Faltam %(count)d passos da atualização.", waiting)
    yield Sign(
        name,
        "bad",
        words % {"count": waiting},
        _("Peça à equipe de informática que termine a atualização do sistema (guia de atualização, passo “migrate”)."),
    )


def _search(_at: datetime) -> Iterator[Sign]:
    names = {"embedded": _("Busca desta máquina"), "elasticsearch": _("Busca no servidor Elasticsearch")}
    for follower, lag in changes.lags().items():
        name = names.get(follower, follower)
        if lag is None and follower == "embedded":
            yield Sign(
                name, "look", _("Ainda não foi montada nesta máquina."), _("Faça uma busca no site: ela se monta.")
            )
        elif lag is None:
            yield Sign(
                name,
                "bad",
                _("O servidor não responde. As buscas continuam, pela busca desta máquina."),
                _("Peça à equipe de informática que veja se o Elasticsearch está no ar."),
            )
        elif lag == 0:
            yield Sign(name, "good", _("Mostra tudo o que foi publicado."))
        else:
            words = ngettext("Falta %(count)d publicação.", "Faltam %(count)d publicações.", lag) % {"count": lag}
            late = lag > LAG_FOR_A_WHILE
            yield Sign(
                name,
                "bad" if late else "look",
                words,
                _("Se não diminuir em alguns minutos, avise a equipe de informática.")
                if late
                else _("É comum logo depois de publicar; em um minuto deve chegar a zero."),
            )


def _worker(at: datetime) -> Iterator[Sign]:
    name = _("Trabalho de fundo")
    todo = _(
        "Sem ele, nada é publicado na hora marcada, e lembretes, avisos e números param. "
        "Peça à equipe de informática que ligue o serviço “worker”."
    )
    seen = SignOfLife.last(WORKER)
    if seen is None:
        yield Sign(name, "bad", _("Nunca foi ligado."), todo)
    elif at - seen > WORKER_SILENT:
        yield Sign(name, "bad", _("Parou há %(time)s.") % {"time": timesince(seen, at)}, todo)
    else:
        yield Sign(name, "good", _("Está trabalhando."))


def _disk(_at: datetime) -> Iterator[Sign]:
    free = room()
    size = f"{free / 2**30:.1f}".replace(".", ",")
    words = _("%(size)s GB livres.") % {"size": size}
    if free >= LITTLE_ROOM:
        yield Sign(_("Espaço em disco"), "good", words)
    else:
        todo = _("Peça à equipe de informática mais espaço, antes que o sistema pare de guardar.")
        yield Sign(_("Espaço em disco"), "bad", words, todo)


def sends_mail() -> bool:
    """Whether this installation was given a server to send mails by; it may be away."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in _NO_MAIL


def _mail(_at: datetime) -> Iterator[Sign]:
    name = _("E-mails")
    if not sends_mail():
        yield Sign(
            name,
            "look",
            _("Não são enviados: o sistema foi instalado sem servidor de e-mail."),
            _("Peça à equipe de informática que configure o envio; sem ele ninguém recebe lembretes nem avisos."),
        )
        return
    try:
        with get_connection(timeout=_MAIL_SECONDS):
            yield Sign(name, "good", _("O servidor de e-mail responde."))
    except OSError:
        todo = _("Peça à equipe de informática que veja o endereço, o usuário e a senha do servidor de e-mail.")
        yield Sign(name, "bad", _("O servidor de e-mail não responde ou recusa a senha."), todo)


def _backup(at: datetime) -> Iterator[Sign]:
    name, made = _("Cópia de segurança"), SignOfLife.last(BACKUP)
    todo = _("Peça à equipe de informática uma cópia por dia, guardada em outro lugar (guia de operação, “backup”).")
    if made is None:
        yield Sign(name, "look", _("Este sistema não sabe de nenhuma."), todo)
    elif at - made > BACKUP_OLD:
        yield Sign(name, "bad", _("A última é de %(time)s atrás.") % {"time": timesince(made, at)}, todo)
    else:
        yield Sign(name, "good", _("A última é de %(time)s atrás.") % {"time": timesince(made, at)})


def _version(_at: datetime) -> Iterator[Sign]:
    told = {"conecta": version(), "wagtail": wagtail.__version__, "django": django.get_version()}
    yield Sign(_("Versão"), "good", _("Conecta %(conecta)s, com Wagtail %(wagtail)s e Django %(django)s.") % told)


_LOOKS: tuple[Callable[[datetime], Iterator[Sign]], ...] = (
    _database,
    _tables,
    _worker,
    _search,
    _disk,
    _mail,
    _backup,
    _version,
)
