"""What this process can tell of where it runs."""

import shutil
import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

#: Bytes without which nothing more can be written.
LEAST_ROOM = 20 * 2**20
#: Bytes below which somebody should make room.
LITTLE_ROOM = 2 * 2**30

#: What was once applied stays applied for as long as this code runs.
_migrated = False


def room() -> int:
    """Free bytes where data are kept."""
    folder = Path(settings.DATA_DIR)
    return shutil.disk_usage(folder if folder.exists() else folder.anchor).free


def waiting_migrations() -> list[str]:
    """Migrations of this code that the database has not seen."""
    global _migrated
    if _migrated:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _migrated = not plan
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


@cache
def version() -> str:
    """Of this program."""
    told = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8"))
    return str(told["project"]["version"])
