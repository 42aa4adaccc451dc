"""What is read from the environment: every ``CONECTA_*`` variable, typed, with all errors at once."""

import base64
import ipaddress
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import quote

from environs import Env, ValidationError, validate

PROJECT_DIR = Path(__file__).resolve().parent.parent
_FERNET_BYTES = 32
DEMO_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Configuration:
    """The installation's own settings; README.md has the same list in words."""

    demo: bool
    data_dir: Path
    static_dir: Path
    database_pooler: bool
    secret_key: str
    allowed_hosts: list[str]
    base_url: str
    database_url: str
    cache_url: str
    email_url: str
    email_from: str
    security_contact: str
    trusted_proxies: list[Network]
    api_requests_per_minute: int
    elasticsearch_url: list[str]
    elasticsearch_api_key: str
    elasticsearch_ca_file: str
    elasticsearch_index_prefix: str
    elasticsearch_connect_ms: int
    elasticsearch_read_ms: int
    time_zone: str
    log: str
    slow_query_ms: int
    session_hours: int
    session_idle_minutes: int
    second_factor: bool
    webhook_private_addresses: bool
    contact_keys: list[str]
    backup_recipients: list[str]
    rating_link_days: int
    contact_months: int
    ombudsman_url: str
    manifestations: bool
    deadline_next_working_day: bool
    booklet_megabytes: int
    booklet_seconds: int
    general_table_day: str


def _are_networks(texts: list[str]) -> None:
    try:
        for text in texts:
            ipaddress.ip_network(text.strip())
    except ValueError as error:
        raise ValidationError(f"Not an IP address or network: {error}") from error


def _are_fernet_keys(texts: list[str]) -> None:
    # Every process reads its settings, few seal a contact, and cryptography takes six MiB: its own test, without it.
    try:
        right = all(len(base64.urlsafe_b64decode(text.strip())) == _FERNET_BYTES for text in texts)
    except ValueError as error:
        raise ValidationError(f"Not a Fernet key (32 bytes, URL-safe base64): {error}") from error
    if not right:
        raise ValidationError("Not a Fernet key: 32 bytes, URL-safe base64")


def _is_day_of_year(text: str) -> None:
    try:
        # Any year will do that has no 29 February: a day that comes every year.
        datetime.strptime(f"2001-{text}", "%Y-%m-%d")  # noqa: DTZ007
    except ValueError as error:
        raise ValidationError("Not a month and a day, such as 12-15") from error


def _is_web_address(text: str) -> None:
    if text and not text.startswith(("https://", "http://")):
        raise ValidationError("Not an address that begins with https://")


def _is_long(text: str) -> None:
    """As Django's own check: 50 letters, five different ones. All that is signed hangs on it."""
    if len(text) < 50 or len(set(text)) < 5 or text.startswith("django-insecure-"):
        raise ValidationError("Not a long random text: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'")


def _are_named(hosts: list[str]) -> None:
    if any("*" in host for host in hosts):
        raise ValidationError("A star answers for every name; write the city's own")


def _is_contact(text: str) -> None:
    if text and not text.startswith(("mailto:", "https://", "tel:")):
        raise ValidationError("Not a contact (RFC 9116): mailto:, https:// or tel:")


def _contact(given: str, *, or_else: str) -> str:
    """``Conecta <servicos@example.org>`` is written to as ``mailto:servicos@example.org``."""
    return given or f"mailto:{parseaddr(or_else)[1]}"


def _is_secure_address(text: str) -> None:
    if not text.startswith("https://"):
        raise ValidationError("Not an address that begins with https://")


def _sends(text: str) -> None:
    if text.startswith(("dummy", "console", "file", "memory")):
        raise ValidationError("This sends no mail: passwords could not be renewed, nor anybody told")


def _is_no_demo_key(path: Path) -> Callable[[str | list[str]], None]:
    """A demo's keys lie in its data folder, beside all that is in it: whoever had a look at the demo may know them."""

    def check(given: str | list[str]) -> None:
        keys = [given] if isinstance(given, str) else given
        if path.exists() and path.read_text(encoding="ascii").strip() in keys:
            raise ValidationError(f"This is the demo's key, of {path.name} in the data folder; make another")

    return check


def _networks(texts: list[str]) -> list[Network]:
    """None where the list is refused: the errors are told all at once, later."""
    try:
        return [ipaddress.ip_network(text.strip()) for text in texts]
    except ValueError:
        return []


def secret_key_of(data_dir: Path) -> Path:
    """Where the demo keeps it."""
    return data_dir / "secret-key"


def contact_key_of(data_dir: Path) -> Path:
    """Where the demo keeps it."""
    return data_dir / "contact-key"


def demo_secret_key(data_dir: Path) -> str:
    """A key of this machine's own, made once and kept with the demo's data."""
    return _made_once(secret_key_of(data_dir), secrets.token_urlsafe(50))


def demo_contact_key(data_dir: Path) -> str:
    """A key of this machine's own for the contacts of the demo, made once and kept with its data."""
    return _made_once(contact_key_of(data_dir), base64.urlsafe_b64encode(secrets.token_bytes(_FERNET_BYTES)).decode())


def _made_once(path: Path, text: str) -> str:
    """What a file of ours alone holds; of processes that begin together one makes it, and none reads half of it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as whole, suppress(FileExistsError):
            whole.write(text)
            whole.flush()
            os.link(whole.name, path)
    return path.read_text(encoding="ascii").strip()


def read_configuration() -> Configuration:
    """The configuration. Raises ``environs.EnvValidationError`` that lists all that is wrong or missing."""
    env = Env(eager=False, prefix="CONECTA_")
    demo = bool(Env(prefix="CONECTA_").bool("DEMO", False))
    data_dir = Path(env.str("DATA_DIR", str(PROJECT_DIR / "var")) or "var").resolve()

    def needed(name: str, in_demo: str, *checks: Callable[[str], None]) -> str:
        value = env.str(name, in_demo) if demo else env.str(name, validate=checks)
        return value or ""

    key_checks = [_are_fernet_keys, *([] if demo else [_is_no_demo_key(contact_key_of(data_dir))])]
    ombudsman_url = env.str("OMBUDSMAN_URL", "", validate=_is_web_address) or ""
    email_from = needed("EMAIL_FROM", "conecta@localhost")
    hosts = env.list("ALLOWED_HOSTS", DEMO_HOSTS) if demo else env.list("ALLOWED_HOSTS", validate=_are_named)
    configuration = Configuration(
        demo=demo,
        data_dir=data_dir,
        static_dir=Path(env.str("STATIC_DIR", str(data_dir / "static")) or data_dir / "static").resolve(),
        database_pooler=bool(env.bool("DATABASE_POOLER", False)),
        secret_key=needed("SECRET_KEY", "", _is_long, _is_no_demo_key(secret_key_of(data_dir)))
        or (demo_secret_key(data_dir) if demo else ""),
        allowed_hosts=hosts or [],
        base_url=needed("BASE_URL", "http://127.0.0.1:8000", _is_secure_address).rstrip("/"),
        database_url=needed("DATABASE_URL", f"sqlite:///{quote(str(data_dir / 'conecta.sqlite3'))}"),
        cache_url=env.str("CACHE_URL", "locmemcache://") or "",
        email_url=needed("EMAIL_URL", "dummymail://", _sends),
        email_from=email_from,
        # Whoever finds a weakness writes to the city; to the address from which the site writes, where none is named.
        security_contact=_contact(env.str("SECURITY_CONTACT", "", validate=_is_contact) or "", or_else=email_from),
        trusted_proxies=_networks(env.list("TRUSTED_PROXIES", [], validate=_are_networks) or []),
        api_requests_per_minute=(
            env.int("API_REQUESTS_PER_MINUTE", 600_000 if demo else 600, validate=validate.Range(min=0)) or 0
        ),
        elasticsearch_url=env.list("ELASTICSEARCH_URL", []) or [],
        elasticsearch_api_key=env.str("ELASTICSEARCH_API_KEY", "") or "",
        elasticsearch_ca_file=env.str("ELASTICSEARCH_CA_FILE", "") or "",
        elasticsearch_index_prefix=env.str("ELASTICSEARCH_INDEX_PREFIX", "conecta") or "",
        elasticsearch_connect_ms=env.int("ELASTICSEARCH_CONNECT_MS", 100) or 0,
        elasticsearch_read_ms=env.int("ELASTICSEARCH_READ_MS", 300) or 0,
        time_zone=env.str("TIME_ZONE", "America/Bahia") or "",
        log=env.str("LOG", "text" if demo else "json", validate=validate.OneOf(["json", "text"])) or "json",
        slow_query_ms=env.int("SLOW_QUERY_MS", 500, validate=validate.Range(min=0)) or 0,
        session_hours=env.int("SESSION_HOURS", 12, validate=validate.Range(min=1, max=24 * 14)) or 0,
        session_idle_minutes=env.int("SESSION_IDLE_MINUTES", 60, validate=validate.Range(min=5)) or 0,
        # Whoever tries the demo has no telephone at hand for six logins.
        second_factor=bool(env.bool("SECOND_FACTOR", not demo)),
        webhook_private_addresses=bool(env.bool("WEBHOOK_PRIVATE_ADDRESSES", False)),
        rating_link_days=env.int("RATING_LINK_DAYS", 30, validate=validate.Range(min=1, max=365)) or 0,
        contact_keys=(
            env.list("CONTACT_KEYS", [], validate=key_checks) or ([demo_contact_key(data_dir)] if demo else [])
        ),
        backup_recipients=env.list("BACKUP_RECIPIENTS", []) or [],
        contact_months=env.int("CONTACT_MONTHS", 24, validate=validate.Range(min=1)) or 24,
        ombudsman_url=ombudsman_url,
        # Where the city has another system, people are sent there.
        manifestations=bool(env.bool("MANIFESTATIONS", not ombudsman_url)),
        # Lei 13.460 art. 16 gives days; that the last one moves on is Lei 9.784 art. 66 §1.
        deadline_next_working_day=bool(env.bool("DEADLINE_NEXT_WORKING_DAY", True)),
        booklet_megabytes=env.int("BOOKLET_MEGABYTES", 1200, validate=validate.Range(min=400)) or 0,
        booklet_seconds=env.int("BOOKLET_SECONDS", 120, validate=validate.Range(min=10)) or 0,
        general_table_day=env.str("GENERAL_TABLE_DAY", "12-15", validate=_is_day_of_year) or "",
    )
    env.seal()
    return configuration
