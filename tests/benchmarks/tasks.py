"""What runs inside one of the two sites: ``python -m tests.benchmarks.tasks TASK [ARGUMENT …]``, an answer in JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import django
from django.urls import get_resolver
from django.utils import timezone

_KIB = 1024 if sys.platform != "darwin" else 1024 * 1024


def import_charters(path: str) -> dict[str, Any]:
    """Our own import; seconds, peak memory in MiB, and how many services are public then."""
    from django.core.management import call_command

    from services.models import PublishedRecord

    started = time.perf_counter()
    call_command("import_charters", path, format="federal-v3", publish_incomplete=True, stdout=StringIO())
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB
    return {
        "seconds": seconds,
        "mib": peak,
        "services": PublishedRecord.objects.public().filter(kind="service").count(),
    }


def draw_articles() -> dict[str, Any]:
    """What the worker does within seconds after services are published; seconds, and how many."""
    from services.articles.keeping import draw_due

    started = time.perf_counter()
    drawn = draw_due(timezone.now())
    return {"seconds": time.perf_counter() - started, "drawn": drawn}


def stock_prepare(path: str) -> dict[str, Any]:
    """See ``stock.loading.prepare``."""
    from tests.benchmarks.stock import loading

    return loading.prepare(Path(path))


def stock_publish(path: str, start: str, count: str) -> dict[str, Any]:
    """See ``stock.loading.publish``; with peak memory in MiB."""
    from tests.benchmarks.stock import loading

    found = loading.publish(Path(path), int(start), int(count))
    return found | {"mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB}


def stock_fill_up(path: str, start: str) -> dict[str, Any]:
    """See ``stock.loading.fill_up``."""
    from tests.benchmarks.stock import loading

    return loading.fill_up(Path(path), int(start))


def our_pages() -> dict[str, str]:
    """Addresses of our services, by id."""
    from services.models import PublishedRecord

    return dict(PublishedRecord.objects.public().filter(kind="service").values_list("entry_id", "url"))


def stock_pages() -> dict[str, str]:
    """Addresses of the stock site's services, by the same ids."""
    from tests.benchmarks.stock.models import StockService

    return {page.record_id: page.url for page in StockService.objects.live()}


def queries(*addresses: str) -> list[int]:
    """SQL queries of each address in a process that has answered others before."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from services import page_sources

    client = Client(HTTP_HOST="127.0.0.1")
    client.get(addresses[0])
    counts = []
    # What a process reads twice a second at most, however much it serves, is no page's.
    page_sources.SECONDS = 3600.0
    page_sources.everything()
    for address in addresses[1:]:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")
        counts.append(len(captured))
    return counts


def relevance(path: str, engine: str) -> dict[str, Any]:
    """What ``evaluate_search`` says of judged queries."""
    from django.core.management import call_command

    out = StringIO()
    call_command("evaluate_search", path, as_json=True, kind="service", engine=engine, stdout=out)
    return json.loads(out.getvalue())


def rebuild(engine: str) -> dict[str, Any]:
    """Seconds that a whole new index takes, those of this process's processor time, and the documents in it."""
    from search.follower import follower

    started, used = time.perf_counter(), time.process_time()
    documents = follower(engine).rebuild(wait=60)
    return {
        "seconds": time.perf_counter() - started,
        "processor": time.process_time() - used,
        "documents": documents,
    }


def first_ten(engine: str, path: str) -> dict[str, list[str]]:
    """The first ten ids for each of the judged queries."""
    from django.utils import timezone

    from search.searching import search

    today = timezone.localdate()
    asked = [json.loads(line)["query"] for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]

    def ids(query: str) -> list[str]:
        found = search(query, locale="pt-br", engine=engine, size=10, today=today)
        return [hit.id for hit in found.hits]

    return {query: ids(query) for query in asked}


def multiply(number: str, bodies: str = "0") -> dict[str, Any]:
    """See ``scaling.multiply``."""
    from django.db import connection

    from tests.benchmarks import scaling

    services = scaling.multiply(int(number), int(bodies))
    with connection.cursor() as cursor:
        # As the database does by itself after a while: what it plans by is what there is.
        cursor.execute("ANALYZE")
    return {"services": services}


def publish(number: str) -> list[float]:
    """Milliseconds that each of so many pages takes to be saved and published by Wagtail's own action."""
    from services.gate import gate_opened
    from services.models import ServicePage

    taken = []
    for page in ServicePage.objects.live().order_by("pk")[: int(number)]:
        # Another text each time: what is unchanged is not published again.
        page.summary = f"{time.time_ns()} {page.summary}"[:200]
        started = time.perf_counter()
        # The federal charters lack what the law asks of a city's.
        with gate_opened():
            page.save_revision().publish()
        taken.append((time.perf_counter() - started) * 1_000)
    return taken


def sizes() -> dict[str, float]:
    """Bytes a service: of its record and links in the database, and of the embedded index."""
    from django.conf import settings
    from django.db import connection

    from services.models import PublishedRecord, RecordLink

    services = PublishedRecord.objects.public().filter(kind="service").count()
    index = sum(path.stat().st_size for path in (Path(settings.DATA_DIR) / "search").rglob("*") if path.is_file())
    kept = {"index": index / services}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_total_relation_size(%s) + pg_total_relation_size(%s)",
                [PublishedRecord._meta.db_table, RecordLink._meta.db_table],
            )
            kept["database"] = cursor.fetchone()[0] / services
    return kept


def rate(number: str) -> dict[str, Any]:
    """See ``rated.rate``."""
    from tests.benchmarks import rated

    return rated.rate(number)


def live_score(number: str) -> dict[str, Any]:
    """See ``live_score.taken``."""
    from tests.benchmarks import live_score as measured

    return measured.taken(number)


def first_rated() -> list[str]:
    """The service that most ratings are of, and its body."""
    from services.models import PublishedRecord

    row = PublishedRecord.objects.public().filter(kind="service").order_by("entry_id")[0]
    return [row.entry_id, json.loads(row.body)["secretariat"]["id"]]


def forget_server() -> dict[str, Any]:
    """Remove what this site's indices left on the search server."""
    from tests.benchmarks import scaling

    return {"indices": scaling.forget_server()}


def phone_pack() -> dict[str, float]:
    """The charter as a phone keeps it whole: seconds, bytes in gzip, and how many services are in it."""
    import gzip

    from django.utils import timezone

    from home.offline import pack
    from home.offline.data_views import written
    from services.languages import source_locale

    started = time.perf_counter()
    whole = pack.charter(source_locale(), timezone.now())
    packed = gzip.compress(written(whole), 9)
    seconds = time.perf_counter() - started
    services = sum(item["kind"] == "service" for item in whole["items"])
    return {"seconds": seconds, "bytes": len(packed), "services": services}


def demo_pages() -> dict[str, str]:
    """The demonstration charter, loaded; the addresses of a page of each kind."""
    from django.core.management import call_command
    from django.urls import reverse

    from services.models import PublishedRecord

    call_command("load_demo", stdout=StringIO())
    public = PublishedRecord.objects.public().filter(locale="pt-br").exclude(url="").order_by("title")
    kinds = {"service": "service", "body": "secretariat", "procedure": "procedure"}
    found = {name: public.filter(kind=kind).values_list("url", flat=True)[0] for name, kind in kinds.items()}
    return {"home": "/", **found, "search": reverse("conecta_search:results")}


def formats() -> list[str]:
    """The formats in which the charter can be had."""
    from services.interchange import FORMATS

    return sorted(name for name, format_ in FORMATS.items() if format_.write)


def export(name: str) -> dict[str, float]:
    """The public charter in a format, let go piece by piece: seconds, bytes, and MiB over what was held before."""
    from django.db import connection
    from django.utils import timezone

    from services.exporting import PublishedCharter
    from services.interchange import FORMATS
    from services.languages import source_locale

    write = FORMATS[name].write
    assert write is not None
    charter = PublishedCharter(source_locale(), timezone.now())
    connection.ensure_connection()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    size = sum(len(piece) for piece in write(charter))
    return {
        "seconds": time.perf_counter() - started,
        "bytes": size,
        "mib": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / _KIB,
    }


def api_keys(number: str) -> list[str]:
    """New keys of so many systems."""
    from services.api_keys.keys import give
    from services.models.api_key import ApiKey

    keys = []
    for each in range(int(number)):
        holder = ApiKey(name=f"Sistema {each}", contact="sistema@example.org")
        keys.append(give(holder))
        holder.save()
    return keys


def ratings() -> dict[str, int]:
    """How many there are, and how many of them were set aside."""
    from feedback.models import Rating

    return {"stored": Rating.objects.count(), "set_aside": Rating.objects.filter(set_aside=True).count()}


TASKS: dict[str, Callable[..., Any]] = {
    task.__name__: task
    for task in (
        import_charters,
        draw_articles,
        stock_prepare,
        stock_publish,
        stock_fill_up,
        our_pages,
        stock_pages,
        queries,
        relevance,
        rebuild,
        first_ten,
        multiply,
        publish,
        sizes,
        rate,
        live_score,
        first_rated,
        forget_server,
        phone_pack,
        demo_pages,
        formats,
        export,
        api_keys,
        ratings,
    )
}


def main() -> None:
    """Run a task in the site that ``DJANGO_SETTINGS_MODULE`` names."""
    django.setup()
    # As a management command's checks do before it begins: no task is charged for loading all addresses.
    get_resolver().reverse_dict  # noqa: B018
    answer = TASKS[sys.argv[1]](*sys.argv[2:])
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
