"""Our site and the stock one, each with its own settings, database and processes."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.benchmarks import postgres
from tests.benchmarks.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
OURS = "conecta_site.settings"
STOCK = "tests.benchmarks.stock.settings"
_START_SECONDS = 60
#: As deploy/systemd and the Dockerfile have it; one worker, so that its memory and time are the site's.
MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "1048576"}
SERVER = ("--workers", "1", "--blocking-threads", "2")


class Failed(Exception):
    """A process of a site did not do its work; the message holds its last words."""


@dataclass(frozen=True)
class Site:
    """An installation: settings, a folder for what it keeps, a database."""

    settings: str
    folder: Path
    database_url: str
    #: More variables for its processes, by name.
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("CONECTA_")}
        return inherited | {
            "CONECTA_DEMO": "1",
            "CONECTA_DATA_DIR": str(self.folder),
            "CONECTA_DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": self.settings,
            **MEMORY,
            **self.told,
        }

    def migrate(self) -> None:
        """Make its tables."""
        (self.folder / "static").mkdir(parents=True, exist_ok=True)
        self._run("manage.py", "migrate", "--verbosity", "0")

    def task(self, name: str, *arguments: object) -> Any:
        """What a function of ``tasks`` answers in this site."""
        answer = self._run("-m", "tests.benchmarks.tasks", name, *map(str, arguments))
        return json.loads(answer.splitlines()[-1])

    def _run(self, *arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(  # noqa: S603 - this very interpreter
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Failed(f"{' '.join(arguments[:3])}: {done.stderr[-2000:]}")
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[int]:
        """Its port, while one worker of granian serves it."""
        port = free_port()
        log = self.folder / "server.log"
        granian = Path(sys.executable).with_name("granian")
        command = [
            *(str(granian), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
            *(*SERVER, "--log-level", "warning", "conecta_site.wsgi:application"),
        ]
        with log.open("w", encoding="utf-8") as out:
            process = subprocess.Popen(  # noqa: S603 - this very environment's
                command, cwd=ROOT, env=self.environment, stdout=out, stderr=out
            )
            try:
                _await(port, process, log)
                yield port
            finally:
                process.terminate()
                process.wait(timeout=30)


class Backend:
    """Where databases come from: fresh ones are copies of one that was migrated once."""

    def __init__(self, scratch: Path, server_url: str = "") -> None:
        self.scratch = scratch
        self.server_url = server_url
        self.name = "postgresql" if server_url else "sqlite"
        self._migrated: dict[str, Site] = {}
        self._made: list[str] = []

    def site(self, settings: str, name: str) -> Site:
        """A migrated site without any charter."""
        if settings not in self._migrated:
            label = "ours" if settings == OURS else "stock"
            empty = Site(settings, self._folder(f"empty-{label}"), self._database(f"empty_{label}"))
            empty.migrate()
            self._migrated[settings] = empty
        return self.copy(self._migrated[settings], name)

    def copy(self, site: Site, name: str) -> Site:
        """The same site in another database; none may be connected to it."""
        folder = self._folder(name)
        return replace(site, folder=folder, database_url=self._database(name, like=site))

    def remove(self) -> None:
        """Drop the databases that were made."""
        for name in self._made:
            postgres.drop_database(self.server_url, name)

    def _folder(self, name: str) -> Path:
        folder = self.scratch / self.name / name
        (folder / "static").mkdir(parents=True, exist_ok=True)
        return folder

    def _database(self, name: str, *, like: Site | None = None) -> str:
        if not self.server_url:
            path = self.scratch / self.name / f"{name}.sqlite3"
            if like:
                shutil.copyfile(like.database_url.removeprefix("sqlite:///"), path)
            return f"sqlite:///{path}"
        name = f"conecta_bench_{name}"
        self._made.append(name)
        source = like.database_url.rpartition("/")[2] if like else None
        return postgres.create_database(self.server_url, name, like=source)


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=5):
                return
        except (URLError, TimeoutError) as error:
            if getattr(error, "code", None):
                return
            time.sleep(0.2)
    raise Failed(f"granian: {log.read_text(encoding='utf-8')[-2000:]}")
