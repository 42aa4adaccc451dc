"""What an editor saves in one process holds in every other within a second."""

import time

from tests.faults.served import Installation, Server, installation, server  # noqa: F401 - fixtures

PUBLISH = """
from tests.records import put_record, service
for title in ("Consulta em oftalmologia", "Olho vivo na cidade"):
    put_record(service(title))
"""
#: Through the admin's own form, in a process that is none of the server's.
SAVE = """
from django.contrib.auth import get_user_model
from django.test import Client
from bs4 import BeautifulSoup
client = Client(HTTP_HOST="127.0.0.1")
client.force_login(get_user_model().objects.create_superuser("admin"))
address = "/admin/conecta/sinonimos/new/"
shown = client.post(address, {"said": "vista curta", "meant": "oftalmologia", "active": "on", "language": "pt"})
form = BeautifulSoup(shown.content, "html.parser").select_one(".conecta-trial")
given = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
assert client.post(address, given).status_code == 302
"""
#: As the rules in force promise; and what a request takes on a busy machine.
SECONDS = 1.0
ASK = "/api/v1/search?q=vista curta"


def test_a_synonym_holds_in_both_workers_a_second_later(installation: Installation, server: Server) -> None:  # noqa: F811
    installation.run(PUBLISH)
    for _ in range(20):
        assert '"total":0' in server.get(ASK)
    installation.run(SAVE)
    time.sleep(SECONDS)
    # Twenty requests reach both.
    answers = [server.get(ASK) for _ in range(20)]
    assert all("Consulta em oftalmologia" in answer for answer in answers)
