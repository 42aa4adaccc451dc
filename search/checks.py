"""A wrong setting in one sentence."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from search.engines.base import EngineError
from search.engines.elasticsearch_access import Access, Refused, configured, is_configured
from search.follower import ELASTICSEARCH, follower

_NOT_FOR_US = {401, 403}
#: What an index may be called: Elasticsearch's rules, and a letter first.
_PREFIX = re.compile(r"[a-z][a-z0-9_-]{0,99}")


@register("conecta_search")
def check_data_dir(app_configs: Sequence[AppConfig] | None = None, **_options: Any) -> list[CheckMessage]:
    """The embedded index needs a folder of this machine that it can write to."""
    configured_dir = getattr(settings, "DATA_DIR", None)
    if not configured_dir:
        return [
            Error(
                "DATA_DIR is not set: the search index needs a folder.",
                hint='Set it to a folder of this machine, such as BASE_DIR / "var".',
                id="conecta_search.E001",
            )
        ]
    folder = Path(configured_dir).absolute()
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)):
        return [
            Error(
                f"DATA_DIR can not be written to: {folder}.",
                hint="Give the user that runs this site the right to write there, or set another folder.",
                id="conecta_search.E002",
            )
        ]
    return []


@register("conecta_search")
def check_elasticsearch(app_configs: Sequence[AppConfig] | None = None, **_options: Any) -> list[CheckMessage]:
    """What the settings say of the server must make sense; the server itself may be away for a while."""
    if not is_configured():
        return []
    access = configured()
    return list(_errors(access)) or list(_warnings())


def _errors(access: Access) -> Iterator[CheckMessage]:
    for host in access.hosts:
        if not _is_address(host):
            yield Error(
                f"ELASTICSEARCH_URL holds what is no address: {_without_password(host)}.",
                hint="Write it whole, such as https://search.example:9200; several are separated by commas.",
                id="conecta_search.E003",
            )
    if access.ca_file and not os.access(access.ca_file, os.R_OK):
        yield Error(
            f"ELASTICSEARCH_CA_FILE can not be read: {access.ca_file}.",
            hint="Set it to the file with the certificate (PEM) of the authority that the server's is signed by.",
            id="conecta_search.E004",
        )
    if not _PREFIX.fullmatch(access.prefix):
        yield Error(
            f"ELASTICSEARCH_INDEX_PREFIX can not begin the name of an index: {access.prefix!r}.",
            hint="Use small letters, digits, hyphens and underscores, a letter first.",
            id="conecta_search.E005",
        )
    if min(access.connect, access.read, access.write) <= 0:
        yield Error(
            "ELASTICSEARCH_CONNECT_SECONDS, _READ_SECONDS and _WRITE_SECONDS must be above zero.",
            id="conecta_search.E006",
        )


def _warnings() -> Iterator[CheckMessage]:
    hint = "Until that is mended the embedded index answers, and says that it stands in."
    try:
        follower(ELASTICSEARCH).engine.refresh()
    except EngineError as error:
        if isinstance(error, Refused) and error.status in _NOT_FOR_US:
            sentence = f"The server refuses the user in ELASTICSEARCH_URL or the ELASTICSEARCH_API_KEY: {error}."
            yield Caution(sentence, hint=hint, id="conecta_search.W001")
        else:
            sentence = f"The server of ELASTICSEARCH_URL does not answer: {error}."
            yield Caution(sentence, hint=hint, id="conecta_search.W002")


def _is_address(host: str) -> bool:
    from elastic_transport.client_utils import url_to_node_config

    try:
        return url_to_node_config(host).scheme in {"http", "https"}
    except ValueError:
        return False


def _without_password(host: str) -> str:
    return host.rpartition("@")[2]
