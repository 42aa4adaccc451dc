"""The examples of docs/ratings.md run as they stand there, against a real server."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from feedback.models import Rating, RatingLinkBatch
from tests.feedback.ways.conftest import new_key
from tests.records import put_record, service

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "ratings.md"
EXAMPLES = re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
@pytest.mark.django_db(transaction=True)
def test_as_they_stand(live_server: Any) -> None:
    record = service("Marcar consulta")
    put_record(record)
    key = new_key("Atendimento")

    def run(example: str) -> Any:
        script = example.replace("https://servicos.example.gov.br", live_server.url).replace("SERVICE_ID", record.id)
        done = subprocess.run(  # noqa: S603
            ["sh", "-c", script],  # noqa: S607
            env=os.environ | {"CONECTA_KEY": key},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return json.loads(done.stdout)

    one, many, message, links = EXAMPLES
    assert run(one) == run(one)
    assert run(one)["result"] == "stored"
    assert [each["result"] for each in run(many)["results"]] == ["stored", "refused", "already_there"]
    assert run(message)["result"] == "stored"
    assert Rating.objects.count() == 3
    assert len(run(links)["links"]) == RatingLinkBatch.objects.get().given == 2
