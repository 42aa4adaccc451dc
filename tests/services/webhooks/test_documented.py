"""The receiver in docs/webhooks.md keeps a copy that is equal to the charter, and takes nothing from others."""

import re
import threading
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from services import changes
from services.models import PublishedRecord
from services.webhooks.signing import secret_of
from tests.services import charter
from tests.services.webhooks.subscribing import Clock, round_of, subscription

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "webhooks.md"


def copy_of(records: dict[Any, Any]) -> set[tuple[str, str]]:
    return {(which[1], record["title"]) for which, (_number, record) in records.items() if record is not None}


@pytest.mark.django_db
def test_the_receiver_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    hook = subscription("")
    monkeypatch.setenv("CONECTA_WEBHOOK_SECRET", secret_of(hook.seal))
    monkeypatch.setattr("http.server.BaseHTTPRequestHandler.log_message", lambda *_args: None)
    code = re.search(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert code is not None
    example: dict[str, Any] = {"__name__": "example"}
    exec(code[1], example)  # noqa: S102 - our own document
    page = charter.service(charter.body())
    server = ThreadingHTTPServer(("127.0.0.1", 0), example["Receiver"])
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        hook.url = f"http://127.0.0.1:{server.server_port}/"
        hook.save(update_fields=["url"])
        # The verifier looks at the real clock.
        time = Clock(datetime.now(UTC))

        def public() -> set[tuple[str, str]]:
            return set(PublishedRecord.objects.public().values_list("entry_id", "title"))

        round_of(time)
        assert copy_of(example["records"]) == public()
        charter.fresh(page).unpublish()
        charter.topic("Impostos")
        round_of(time)
        assert copy_of(example["records"]) == public()
        changes.renew_epoch()
        round_of(time)
        assert copy_of(example["records"]) == public()
        before = dict(example["records"])
        forged = {
            "webhook-id": "msg_x",
            "webhook-timestamp": str(int(time().timestamp())),
            "webhook-signature": "v1,AAAA",
        }
        assert httpx.post(hook.url, json={"type": "log.restarted"}, headers=forged, trust_env=False).status_code == 401
        assert example["records"] == before
    finally:
        server.shutdown()
        server.server_close()
