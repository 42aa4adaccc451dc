"""What the last whole check found, as it says itself: ``make check-all`` leaves it in ``docs/check-all.md``, dated."""

import os
import platform
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "check-all.md"
_STARTED = time.monotonic()
#: What a check writes itself.
_WRITTEN = (":!docs/check-all.md", ":!docs/acessibilidade.json")


@dataclass(frozen=True)
class Outcome:
    """How many tests ended how, which failed, and what the machine did not offer."""

    ended: datetime
    #: The commit, and whether more than it was checked.
    code: str
    seconds: float
    counts: Mapping[str, int]
    failed: Sequence[str]
    absent: Sequence[str]

    def page(self) -> str:
        """As Markdown, with nothing left out that failed."""
        database = "PostgreSQL" if os.environ.get("CONECTA_TEST_DATABASE_URL", "").startswith("postgres") else "SQLite"
        rows = {
            "ended": f"{self.ended:%Y-%m-%d %H:%M} UTC",
            "code": self.code,
            "on": f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors, {database}",
            "took": f"{self.seconds / 60:.0f} minutes",
            **{name: f"{self.counts.get(name, 0):,}" for name in ("passed", "failed", "skipped")},
            "not on the machine": ", ".join(self.absent) or "nothing",
        }
        table = "".join(f"| {name} | {told} |\n" for name, told in rows.items())
        failed = "".join(f"- `{name}`\n" for name in self.failed)
        return (
            "# The last whole check\n\n"
            "`make check-all` goes through the whole of what `.ci/run` samples, and wrote this.\n\n"
            f"| | |\n|---|---|\n{table}" + (f"\nWhat failed:\n\n{failed}" if failed else "")
        )


def write(stats: Mapping[str, Sequence[object]], absent: Sequence[str]) -> None:
    """Leave the page of a session's outcome, by pytest's reports."""
    failed = [*stats.get("failed", ()), *stats.get("error", ())]
    counts = {name: len(stats.get(name, ())) for name in ("passed", "skipped")} | {"failed": len(failed)}
    names = sorted({str(getattr(report, "nodeid", report)) for report in failed})
    seconds = time.monotonic() - _STARTED
    FILE.write_text(Outcome(datetime.now(UTC), _code(), seconds, counts, names, absent).page(), encoding="utf-8")


def _code() -> str:
    asked = ["git", "-C", str(ROOT)]
    commit = subprocess.run([*asked, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S603
    status = [*asked, "status", "--porcelain", "--", ".", *_WRITTEN]
    changed = subprocess.run(status, capture_output=True, text=True, check=False)  # noqa: S603
    more = " and changes that are not committed" if changed.stdout.strip() else ""
    return f"`{commit.stdout.strip()}`{more}" if not commit.returncode else "not under version control"
