"""One old and one new address, judged: what a redirect can have, and what would lead people astray."""

from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from services.old_addresses.known import Known, normal

#: Both columns'.
_LONGEST = 255
_WEB = ("http://", "https://")
#: Answered before any redirect is looked for.
_OURS = ("/admin/", "/api/", "/static/", "/media/", "/healthz/")


class Wrong(ValueError):
    """Why an address can not be taken, in a sentence."""


def old_path(text: str, known: Known) -> str:
    """The path that leads on: of a whole address only what follows the domain. Raises ``Wrong``."""
    if not text:
        raise Wrong(_("falta o endereço antigo"))
    if not text.startswith(("/", *_WEB)):
        raise Wrong(_("o endereço antigo precisa começar com / ou com http"))
    path = normal(_plain(text, _("o endereço antigo")))
    if path == "/":
        raise Wrong(_("o endereço antigo é o da página inicial"))
    if _is_ours(path):
        raise Wrong(_("o endereço antigo é de uma parte deste portal que não pode ser redirecionada"))
    if path in known.live:
        raise Wrong(_("já existe uma página neste endereço antigo: ela continuaria aparecendo"))
    return path


def new_address(text: str, known: Known) -> str:
    """A path here: as it was written, from a whole address, or the short link of an entry. Raises ``Wrong``."""
    if not text:
        raise Wrong(_("falta o endereço novo"))
    if text.startswith(_WEB):
        return _here(_plain(text, _("o endereço novo")), known)
    if text.startswith("/"):
        path = _plain(text, _("o endereço novo"))
        # A browser takes two slashes for the beginning of another site.
        if path.startswith("//"):
            raise Wrong(_("o endereço novo é de outro site"))
        return _reachable(path)
    found = known.entries.get(text, set())
    if len(found) > 1:
        raise Wrong(_("mais de uma página tem este código: use o endereço dela"))
    if not found:
        raise Wrong(_("não há página publicada com este código; se for um endereço, comece com / ou com http"))
    return reverse("conecta_services:short_link", args=[next(iter(found))])


def leads_somewhere(address: str, known: Known) -> bool:
    """Whether a page is known at a new address; some are no entry's, so that ``False`` is only worth a look."""
    path = urlsplit(address).path
    return path == "/" or normal(path) in known.live or path.startswith(("/s/", "/documentos/", "/busca/"))


def _here(address: str, known: Known) -> str:
    parts = urlsplit(address)
    if (parts.hostname or "").lower() not in known.hosts:
        raise Wrong(_("o endereço novo é de outro site"))
    rest = parts._replace(scheme="", netloc="").geturl()
    if rest.startswith("//"):
        raise Wrong(_("o endereço novo é de outro site"))
    return _reachable(rest or "/")


def _reachable(path: str) -> str:
    if path.startswith(_OURS[0]):
        raise Wrong(_("o endereço novo é da administração"))
    return path


def _plain(text: str, what: str) -> str:
    """As it travels (RFC 3986). A backslash is a slash to browsers, so that it could lead to another site."""
    if "\\" in text or not text.isprintable():
        raise Wrong(_("%s tem um caractere que não pode estar ali") % what)
    try:
        urlsplit(text)
        address = iri_to_uri(text)
    except ValueError as error:
        raise Wrong(_("%s não é um endereço") % what) from error
    if len(address) > _LONGEST:
        raise Wrong(_("%(what)s tem mais de %(most)s letras") % {"what": what, "most": _LONGEST})
    return address


def _is_ours(path: str) -> bool:
    return f"{path}/".startswith(_OURS)
