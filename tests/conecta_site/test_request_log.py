"""What is logged of requests, errors and slow queries; and what never is."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test import Client

from conecta_site import slow_queries
from conecta_site.json_log import JsonFormatter
from conecta_site.request_log import HIDDEN, readable_path
from tests.records import put_record, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines() -> Iterator[Any]:
    """What is logged, as JSON."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonFormatter())
    loggers = [logging.getLogger(name) for name in ("conecta.request", "conecta.slow_query", "django.request", "tests")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def test_a_request_is_a_line_without_who_asked_or_what_for(client: Client, lines: Any) -> None:
    put_record(service("Podar"))
    response = client.get(
        "/buscar/?q=exame+de+hiv",
        headers={"X-Request-Id": "abc-12345", "User-Agent": "Navegador de Maria", "Referer": "https://maria.example/"},
        REMOTE_ADDR="203.0.113.77",
    )
    assert response["X-Request-Id"] == "abc-12345"
    line = next(each for each in lines() if each["logger"] == "conecta.request")
    assert (line["method"], line["status"], line["request"]) == ("GET", response.status_code, "abc-12345")
    assert line["path"] == "/buscar/"
    assert line["ms"] >= 0
    told = json.dumps(lines(), ensure_ascii=False).lower()
    assert not [word for word in ("hiv", "203.0", "maria") if word in told]


@pytest.mark.parametrize("given", ["", "curto", "x" * 65, "com espaço 1", "quebra\tde-linha", '"}{"a":"b"'])
def test_an_id_that_is_none_is_replaced(client: Client, given: str) -> None:
    found = client.get("/robots.txt", headers={"X-Request-Id": given})["X-Request-Id"]
    assert len(found) == 32
    assert found != given


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/servicos/emitir-segunda-via-do-iptu-2026/", "/servicos/emitir-segunda-via-do-iptu-2026/"),
        ("/servicos/desenvolvimentosustentavel/", "/servicos/desenvolvimentosustentavel/"),
        ("/servicos/água/", "/servicos/água/"),
        ("/s/ab2cd3ef4g/", "/s/ab2cd3ef4g/"),
        ("/admin/pages/1234/edit/", "/admin/pages/1234/edit/"),
        ("/healthz/ready", "/healthz/ready"),
        ("/static/conecta_home/conecta.0123abcd4567.css", "/static/conecta_home/conecta.0123abcd4567.css"),
        ("/avaliar/l/eyJhIjoxfQ:1tABcd:x_-Yz/", f"/avaliar/l/{HIDDEN}/"),
        (
            "/admin/password_reset/confirm/MQ/c9d8e7-0123456789abcdef0123456789abcdef/",
            f"/admin/password_reset/confirm/{HIDDEN}/{HIDDEN}/",
        ),
        ("/x/12345678901/", f"/x/{HIDDEN}/"),
        ("/x/123.456.789-01/", f"/x/{HIDDEN}/"),
        ("/x/maria@casa.example/", f"/x/{HIDDEN}/"),
    ],
)
def test_a_path_keeps_its_secrets(path: str, told: str) -> None:
    assert readable_path(path) == told


def test_an_error_tells_where_and_not_what_somebody_wrote(lines: Any) -> None:
    logger = logging.getLogger("tests")
    for error in (IntegrityError("Key (email)=(maria@casa.example) exists"), OperationalError("connection refused")):
        try:
            raise error
        except type(error):
            logger.exception("it failed")
    first, second = (line["error"] for line in lines())
    assert "maria" not in json.dumps(first)
    assert first["type"] == "django.db.utils.IntegrityError"
    assert "test_request_log.py" in first["at"][-1]
    assert second["says"] == "connection refused"


def test_a_slow_query_is_told_without_what_was_asked_for(lines: Any, settings: Any) -> None:
    slow_queries.watch_connection(connection)
    settings.CONECTA_SLOW_QUERY_MS = 0.000001
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 WHERE %s = %s", ["maria", "maria"])
    (line,) = lines()
    assert line["sql"] == "SELECT 1 WHERE %s = %s"
    assert line["ms"] > 0
    assert "maria" not in json.dumps(line)
    settings.CONECTA_SLOW_QUERY_MS = 60_000
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert len(lines()) == 1


def test_connections_are_watched_once() -> None:
    connection.ensure_connection()
    for _each in range(2):
        slow_queries.watch_connection(connection)
    assert connection.execute_wrappers.count(slow_queries.watch) == 1
