"""Ratings in a burst, from the city's systems and from people behind a proxy: none lost, none twice, none slow.

Fifty clients that send without a pause keep fifty requests waiting, whatever the server does: each would wait for the
others. So they send as people do, at moments of their own, half as many in all as one client
alone gets answered; and a rating that had to wait for its turn is timed from the moment at which it was due.
"""

import json
import random
import re
import statistics
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlencode

from tests.benchmarks.client import Connection
from tests.benchmarks.figures import Figure
from tests.benchmarks.sites import Site

RATINGS = 10_000
CLIENTS = 50
ADDRESSES = 2_000
#: Of one address more than is counted.
FLOOD, COUNTED = 60, 5
ALONE = 200
#: Seconds after which a server may close a connection on which nothing comes.
IDLE = 5.0
#: Of what one client alone gets answered.
LOAD = 0.5
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
#: The path, its headers and its body.
Sent = tuple[str, dict[str, str], bytes]


def measure(site: Site) -> list[Figure]:
    """Both runs, and what the database holds then beyond what it held before."""
    served = replace(site, told={"CONECTA_TRUSTED_PROXIES": "127.0.0.1", "CONECTA_API_REQUESTS_PER_MINUTE": "600"})
    keys = served.task("api_keys", CLIENTS)
    services = sorted(served.task("our_pages"))
    found = served.task("ratings")
    with served.serving() as port:
        keyed = _run(port, "ratings-keyed", _from_systems(keys, services), "50 systems with keys")
        before = served.task("ratings")
        begun = _begun(port, services[0])
        people = _run(port, "ratings-people", _from_people(begun, services), f"{ADDRESSES} addresses behind a proxy")
        connection = Connection(port)
        for _each in range(FLOOD):
            connection.post(*_from_person(begun, services[0], "198.19.255.255"))
    kept = served.task("ratings")
    return [
        *keyed,
        Figure(
            "ratings-keyed-lost",
            f"of {RATINGS + ALONE}",
            RATINGS + ALONE - (before["stored"] - found["stored"]),
            at_most=0,
        ),
        Figure("ratings-keyed-set-aside", "ratings", before["set_aside"] - found["set_aside"], at_most=0),
        *people,
        Figure(
            "ratings-people-lost",
            f"of {RATINGS + ALONE + FLOOD}",
            RATINGS + ALONE + FLOOD - (kept["stored"] - before["stored"]),
            at_most=0,
        ),
        Figure(
            "ratings-people-set-aside",
            f"ratings beyond {FLOOD - COUNTED} of {FLOOD} from one address",
            abs(kept["set_aside"] - before["set_aside"] - (FLOOD - COUNTED)),
            at_most=0,
        ),
    ]


def _run(port: int, name: str, sent: Callable[[int], Sent], who: str) -> list[Figure]:
    """The median of one client alone, then how long fifty waited, beside it."""
    alone = Connection(port)
    # The first finds a server that has loaded nothing; it is one of those alone.
    times = [alone.post(*sent(RATINGS + number)).seconds for number in range(ALONE)]
    median = statistics.median(times)
    gap = CLIENTS * median / LOAD

    def send(client: int) -> list[float]:
        chance, connection = random.Random(client), Connection(port)
        due, waited = time.perf_counter(), []
        for number in range(client, RATINGS, CLIENTS):
            due += chance.expovariate(1 / gap)
            pause = due - time.perf_counter()
            time.sleep(max(0.0, pause))
            if pause > IDLE:
                connection.close()
                connection = Connection(port)
            connection.post(*sent(number))
            waited.append(time.perf_counter() - due)
        connection.close()
        return waited

    with ThreadPoolExecutor(CLIENTS) as pool:
        waited = [seconds for each in pool.map(send, range(CLIENTS)) for seconds in each]
    slow = statistics.quantiles(waited, n=20)[-1]
    note = f"{who}, {LOAD / median:.0f} a second; alone {median * 1000:.1f} ms"
    return [
        Figure(f"{name}-p95", "ms", slow * 1000),
        Figure(f"{name}-slower", "times the unloaded median", slow / median, at_most=10, note=note),
    ]


def _from_systems(keys: Sequence[str], services: Sequence[str]) -> Callable[[int], Sent]:
    def sent(number: int) -> Sent:
        said = {"service_id": services[number % len(services)], "stars": 1 + number % 5, "channel": "in_person"}
        headers = {
            "Authorization": f"Bearer {keys[number % len(keys)]}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"bench-{number}",
        }
        return "/api/v1/ratings", headers, json.dumps(said).encode()

    return sent


def _from_people(begun: str, services: Sequence[str]) -> Callable[[int], Sent]:
    def sent(number: int) -> Sent:
        place = number % ADDRESSES
        # Each rates services of their own; those alone come from addresses of their own.
        address = f"198.18.{place // 250}.{place % 250}" if number < RATINGS else f"198.19.0.{number % 250}"
        return _from_person(begun, services[(number * 7) % len(services)], address)

    return sent


def _from_person(begun: str, service: str, address: str) -> Sent:
    said = {"stars": 4, "token": str(uuid.uuid4()), "begun": begun, "managed": "yes"}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": address}
    return f"/avaliar/{service}/?enviar", headers, urlencode(said).encode()


def _begun(port: int, service: str) -> str:
    """When a form was opened, as it says; sent after the time that a person takes."""
    html = Connection(port).get(f"/avaliar/{service}/?stars=4").body.decode()
    time.sleep(2)
    return dict(_HIDDEN.findall(html))["begun"]
