"""Where the site's Elasticsearch is, by its settings, without its client: that takes 8 MiB of every process."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from search.engines.base import EngineError


class Refused(EngineError):
    """The server answered with an error."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Access:
    """Where the server is and who we are: addresses such as ``https://user:password@host:9200``; times in seconds."""

    hosts: tuple[str, ...]
    api_key: str = ""
    ca_file: str = ""
    #: Begins the names of all our indices.
    prefix: str = "conecta"
    connect: float = 0.1
    read: float = 0.3
    #: For what no request waits for.
    write: float = 30.0


def is_configured() -> bool:
    """Whether this site has an Elasticsearch."""
    return bool(getattr(settings, "ELASTICSEARCH_URL", None))


def configured() -> Access:
    """The server of the settings. Raises ``EngineError`` if they name none."""
    hosts: str | Sequence[str] = getattr(settings, "ELASTICSEARCH_URL", None) or ()
    if not hosts:
        raise EngineError("ELASTICSEARCH_URL is not set")
    standard = Access(())
    return Access(
        hosts=(hosts,) if isinstance(hosts, str) else tuple(hosts),
        api_key=getattr(settings, "ELASTICSEARCH_API_KEY", ""),
        ca_file=str(getattr(settings, "ELASTICSEARCH_CA_FILE", "")),
        prefix=getattr(settings, "ELASTICSEARCH_INDEX_PREFIX", standard.prefix),
        connect=getattr(settings, "ELASTICSEARCH_CONNECT_SECONDS", standard.connect),
        read=getattr(settings, "ELASTICSEARCH_READ_SECONDS", standard.read),
        write=getattr(settings, "ELASTICSEARCH_WRITE_SECONDS", standard.write),
    )
