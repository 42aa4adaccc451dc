"""A steady load, as of a crowd that does not wait for slow answers; and what a server's process weighs meanwhile."""

import os
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.benchmarks.client import CONNECTIONS, Connection


def spread(port: int, paths: Sequence[str], *, rate: float) -> float:
    """How many times the median the slowest hundredth takes, at so many requests a second.

    Counted from the moment at which a request was due, so that one slow answer is told by all that it held up.
    """
    taken: list[float] = []
    start = time.perf_counter() + 0.1

    def ask(number: int) -> None:
        connection = Connection(port)
        for each in range(number, len(paths), CONNECTIONS):
            due = start + each / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            connection.get(paths[each])
            taken.append(time.perf_counter() - due)
        connection.close()

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(ask, range(CONNECTIONS)))
    return statistics.quantiles(taken, n=100)[98] / statistics.median(taken)


def worker_memory(port: int) -> float:
    """MiB of the largest process that serves a port: its own, and its part of what it shares with others (PSS)."""
    return max(_proportional(pid) for pid in _serving(port)) / 1024


def worker_seconds(port: int) -> float:
    """Processor time that the processes which serve a port took until now: what else runs meanwhile is not in it."""
    return sum(_seconds(pid) for pid in _serving(port))


def database_seconds(name: str) -> float:
    """The same of a PostgreSQL database's sessions, if its server runs on this machine."""
    return sum(_seconds(pid) for pid, (command, _parent) in _processes().items() if f" {name} " in command)


def _serving(port: int) -> set[int]:
    found = _processes()
    mine = {pid for pid, (command, _parent) in found.items() if f"--port\0{port}\0" in command}
    return mine | {pid for pid, (_command, parent) in found.items() if parent in mine}


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _proportional(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _processes() -> dict[int, tuple[str, int]]:
    """Command and parent of each process."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_text(encoding="utf-8", errors="replace")
            status = (folder / "status").read_text(encoding="utf-8")
        except OSError:
            # It has ended meanwhile.
            continue
        fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        found[int(folder.name)] = command, int(fields["PPid"])
    return found
