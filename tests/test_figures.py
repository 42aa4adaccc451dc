"""What a run of the benchmarks leaves behind: figures, what they must reach, and on what they were measured."""

import json
from pathlib import Path

from tests.benchmarks.figures import Figure, keep, more
from tests.benchmarks.sites import MEMORY, ROOT, SERVER
from tests.benchmarks.surroundings import LIBRARIES, machine


def test_figures_are_kept_as_json_and_as_a_table_with_what_they_were_measured_on(tmp_path: Path) -> None:
    fast = more("page", "requests/s", ours=600, stock=20, at_least=30)
    slow = more("list", "requests/s", ours=20, stock=2, at_least=30)
    heavy = Figure("worker-memory", "MiB", 180, at_most=200)
    on = machine(SERVER, MEMORY)
    path = keep([fast, slow, heavy], tmp_path / "results", name="now", on=on)
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert [(row["name"], row["ratio"], row["missed"]) for row in whole["figures"]] == [
        ("page", 30, False),
        ("list", 10, True),
        ("worker-memory", None, False),
    ]
    assert whole["measured_on"] == on
    written = path.with_suffix(".md").read_text(encoding="utf-8")
    for row in (
        "| page, requests/s | 600 | 20 | 30 | ratio at least 30 |",
        "| list, requests/s | 20 | 2 | 10 | ratio at least 30: missed |",
        "| worker-memory, MiB | 180 | - |  | at most 200 |",
        f"| web server | {on['web server']} |",
    ):
        assert row in written


def test_what_they_were_measured_on_says_what_matters() -> None:
    on = machine(SERVER, MEMORY)
    assert set(on) >= {"processor", "memory", "system", "load before", "Python", "web server", *LIBRARIES}
    assert all(on.values())


def test_web_servers_are_measured_with_the_memory_settings_of_an_installation() -> None:
    unit = (ROOT / "deploy/systemd/conecta-web.service").read_text(encoding="utf-8")
    assert f"Environment={' '.join(f'{name}={value}' for name, value in MEMORY.items())}" in unit
