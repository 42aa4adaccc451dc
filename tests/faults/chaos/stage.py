"""A whole installation that faults are done to: web server, worker, database, search server, newsroom."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from services.interchange import native
from services.record import Entry
from tests import records
from tests.benchmarks.postgres import free_port
from tests.faults.chaos.database import Database
from tests.faults.chaos.newsroom import Newsroom
from tests.faults.chaos.processes import Kept, wait_until
from tests.faults.chaos.web import Failure, ask
from tests.faults.conftest import PATIENCE
from tests.faults.search_server import Node
from tests.services.entries import bare, small_charter

ROOT = Path(__file__).resolve().parents[3]
SERVICES = 150


class Stage:
    """Made once for many faults: each leaves it as it found it."""

    def __init__(self) -> None:
        # Readable by the users that the servers run as.
        self.folder = Path(tempfile.mkdtemp(prefix="conecta-chaos-"))
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        (self.data / "static").mkdir(parents=True)
        self.port = free_port()
        self._opened = ExitStack()
        self._opened.callback(shutil.rmtree, self.folder, ignore_errors=True)
        try:
            self._open()
        except BaseException:
            self.remove()
            raise

    def _open(self) -> None:
        self.node = Node()
        self._opened.callback(self.node.remove)
        with ThreadPoolExecutor(1) as beside:
            started = beside.submit(self.node.start)
            self.database = Database(self.folder)
            self._opened.callback(self.database.remove)
            self.search_hosts = (f"http://127.0.0.1:{self.node.port}",)
            self.manage("migrate", "--verbosity", "0")
            self.manage("import_charters", self.charter("S", SERVICES), "--format", "conecta", "--publish-incomplete")
            started.result()
        self.web = self.serving(self.port, ROOT, self.data)
        self.worker = Kept(
            [sys.executable, "manage.py", "worker"], self.environment("worker"), ROOT, self.folder / "worker.log"
        )
        for kept in (self.web, self.worker):
            self._opened.callback(kept.stop)
            kept.start()
        self.newsroom = Newsroom(self.environment("newsroom"), ROOT, self.folder / "newsroom.log")
        self._opened.callback(self.newsroom.close)
        self.wait_until_well()

    def remove(self) -> None:
        """End all that it started, and leave nothing behind."""
        self._opened.close()

    def environment(self, name: str, **more: str) -> dict[str, str]:
        """What a process of the installation is told; the database knows it by its name."""
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("CONECTA_")}
        return inherited | {
            "CONECTA_DEMO": "1",
            "CONECTA_DATA_DIR": str(self.data),
            # Whoever asks comes from an address of their own, and is counted as in production.
            "CONECTA_TRUSTED_PROXIES": "127.0.0.1",
            "CONECTA_API_REQUESTS_PER_MINUTE": "600",
            "DJANGO_SETTINGS_MODULE": "conecta_site.settings",
            "PGAPPNAME": name,
            # Of all installations on a machine one at a time makes a booklet.
            "TMPDIR": str(self.folder),
            "CONECTA_DATABASE_URL": self.database.url,
            "CONECTA_ELASTICSEARCH_URL": ",".join(self.search_hosts),
            **more,
        }

    def serving(self, port: int, code: Path, data: Path) -> Kept:
        """The web server as deploy/systemd starts it."""
        command = (
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
            *("--workers", "2", "--blocking-threads", "2", "--respawn-failed-workers", "--workers-kill-timeout", "30"),
            *("--workers-max-rss", "600"),
            *("--log-level", "warning", "conecta_site.wsgi:application"),
        )
        memory = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "1048576"}
        environment = self.environment("web", CONECTA_DATA_DIR=str(data), **memory)
        return Kept(command, environment, code, self.folder / f"web-{port}.log")

    def manage(self, *words: object, **more: str) -> str:
        """What one of our commands prints. Raises ``CalledProcessError``."""
        command = [sys.executable, "manage.py", *map(str, words)]
        done = subprocess.run(  # noqa: S603 - this very interpreter
            command, cwd=ROOT, env=self.environment("manage", **more), capture_output=True, text=True, check=False
        )
        try:
            done.check_returncode()
        except subprocess.CalledProcessError as error:
            error.add_note(done.stderr[-2_000:])
            raise
        return done.stdout

    def charter(self, name: str, services: int) -> Path:
        """A file of a small charter with so many services more."""
        known = small_charter()
        flat: list[Entry] = [entry for entries in known.values() for entry in entries]
        body = bare(known["secretariat"][0])
        more = [
            records.complete_service(f"{name} {number}", url="", secretariat=body, summary=f"Serviço {number}. " * 20)
            for number in range(services)
        ]
        path = self.folder / f"{name}.jsonl"
        path.write_bytes(b"".join(native.lines([*flat, *more])))
        return path

    @contextmanager
    def told_otherwise(self, **more: str) -> Iterator[None]:
        """Web server and worker with other settings for a while."""
        kept = (self.web, self.worker)
        before = [each.environment for each in kept]
        self._restart([{**each, **more} for each in before])
        try:
            yield
        finally:
            self._restart(before)

    def _restart(self, environments: list[Mapping[str, str]]) -> None:
        for kept, environment in zip((self.web, self.worker), environments, strict=True):
            kept.stop()
            kept.environment = environment
            kept.start()
        self.wait_until_well()

    def wait_until_well(self, *, seconds: float = 5 * PATIENCE) -> None:
        """Until it serves, every index is at the head of the log, and the search server answers."""
        wait_until(self.is_well, f"well again; see {self.folder}", seconds=seconds, every=0.3)

    def is_well(self) -> bool:
        """Whether nothing is left of any fault."""
        try:
            ready = ask(self.port, "/healthz/ready")
            found = ask(self.port, "/api/v1/search?size=1")
        except Failure:
            return False
        followers = ready.json.get("followers", {}) if ready.status == 200 else {}
        return (
            bool(followers)
            and all(each["lag"] == 0 for each in followers.values())
            and found.status == 200
            and not found.json["degraded"]
        )
