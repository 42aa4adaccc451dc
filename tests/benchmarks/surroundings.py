"""On what a run measured: the machine, what else it did, the libraries, the web server and the database."""

import os
import platform
import re
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

LIBRARIES = ("Django", "wagtail", "granian", "psycopg", "tantivy", "elasticsearch")
#: What of PostgreSQL makes it faster or slower.
SETTINGS = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "work_mem")


def machine(server: Sequence[str], memory: dict[str, str]) -> dict[str, str]:
    """Facts by name. ``server`` are the web server's arguments, ``memory`` its variables."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    model = _first("/proc/cpuinfo", r"model name\s*:\s*(.+)") or platform.machine()
    kib = int(_first("/proc/meminfo", r"MemTotal:\s+(\d+)") or 0)
    return {
        "processor": f"{cores} cores, {model}",
        "memory": f"{kib // 1024} MiB",
        "system": f"{platform.system()} {platform.release()}",
        # Above the number of cores something else ran.
        "load before": f"{os.getloadavg()[0]:.2f}",
        "Python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
        "web server": " ".join([*(f"{name}={value}" for name, value in memory.items()), "granian", *server]),
    }


def database(url: str) -> dict[str, str]:
    """The server's version and what of its settings matters."""
    with psycopg.connect(url) as connection:
        found = {name: connection.execute(sql.SQL("SHOW {}").format(sql.Identifier(name))) for name in SETTINGS}
        told = {name: str(row[0]) if (row := each.fetchone()) else "" for name, each in found.items()}
    settings = ", ".join(f"{name}={value}" for name, value in told.items() if name != "server_version")
    return {"PostgreSQL": f"{told['server_version']}; {settings}"}


def _first(path: str, pattern: str) -> str:
    try:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"))
    except OSError:
        return ""
    return found[1].strip() if found else ""
