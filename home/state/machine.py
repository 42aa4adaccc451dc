"""What this process can tell of where it runs."""

import shutil
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

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
    # By their names alone, where all is well: to load them all takes a web process many MiB that it never gives back.
    if _named() <= set(MigrationRecorder(connection).applied_migrations()):
        _migrated = True
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _migrated = not plan
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _named() -> set[tuple[str, str]]:
    """App and name of each migration that this code brings, read off its files."""
    found: set[tuple[str, str]] = set()
    for app in apps.get_app_configs():
        module = settings.MIGRATION_MODULES.get(app.label, f"{app.name}.migrations")
        spec = find_spec(module) if module else None
        for folder in (spec.submodule_search_locations or []) if spec else []:
            names = (file.stem for file in Path(folder).glob("*.py"))
            found |= {(app.label, name) for name in names if name[0] not in "_~"}
    return found


@cache
def version() -> str:
    """Of this program."""
    told = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8"))
    return str(told["project"]["version"])
