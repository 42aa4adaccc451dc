"""A wrong setting is said in one sentence."""

from pathlib import Path

import pytest

from search.checks import check_data_dir, check_elasticsearch
from tests.benchmarks.postgres import free_port
from tests.elasticsearch import own_indices, secured


def test_a_folder_that_is_or_can_be_made_is_fine(settings, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "new" / "deep", str(tmp_path)):
        settings.DATA_DIR = folder
        assert check_data_dir() == []


def test_no_folder_and_no_place_for_one_are_errors(settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder, error in ((None, "E001"), ("", "E001"), (tmp_path / "file", "E002"), (tmp_path / "file" / "x", "E002")):
        settings.DATA_DIR = folder
        assert [message.id for message in check_data_dir()] == [f"conecta_search.{error}"], folder


def test_without_a_server_nothing_is_said_of_it(settings) -> None:
    settings.ELASTICSEARCH_URL = []
    settings.ELASTICSEARCH_CA_FILE = "/nowhere"
    assert check_elasticsearch() == []


@pytest.mark.parametrize(
    ("name", "value", "error", "said"),
    [
        ("URL", ["https://one:9200", "two"], "E003", "two"),
        ("URL", "http://user:secret@one", "E003", "one"),
        ("URL", "ftp://one:9200", "E003", "ftp://one:9200"),
        ("CA_FILE", "/nowhere/ca.pem", "E004", "/nowhere/ca.pem"),
        ("INDEX_PREFIX", "Conecta", "E005", "'Conecta'"),
        ("INDEX_PREFIX", "", "E005", "''"),
        ("READ_SECONDS", 0, "E006", "above zero"),
    ],
)
def test_a_wrong_setting_of_the_server_is_an_error(settings, name: str, value: object, error: str, said: str) -> None:
    settings.ELASTICSEARCH_URL = "https://one:9200"
    setattr(settings, f"ELASTICSEARCH_{name}", value)
    (message,) = check_elasticsearch()
    assert message.id == f"conecta_search.{error}"
    assert said in message.msg
    assert "secret" not in message.msg


def test_a_server_that_does_not_answer_is_a_warning(settings) -> None:
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{free_port()}"
    (message,) = check_elasticsearch()
    assert message.id == "conecta_search.W002"
    assert "Connection refused" in message.msg


def test_a_server_that_knows_us_is_fine_and_one_that_does_not_is_a_warning(settings) -> None:
    with own_indices(secured()) as access:
        settings.ELASTICSEARCH_URL = list(access.hosts)
        settings.ELASTICSEARCH_CA_FILE = access.ca_file
        settings.ELASTICSEARCH_INDEX_PREFIX = access.prefix
        settings.ELASTICSEARCH_CONNECT_SECONDS = settings.ELASTICSEARCH_READ_SECONDS = access.read
        assert check_elasticsearch() == []
        settings.ELASTICSEARCH_API_KEY = "d3Jvbmc6a2V5"
        (message,) = check_elasticsearch()
        assert message.id == "conecta_search.W001"
        settings.ELASTICSEARCH_CA_FILE = ""
        (message,) = check_elasticsearch()
        assert message.id == "conecta_search.W002"
        assert "CERTIFICATE_VERIFY_FAILED" in message.msg
