"""The version of the code that may still serve when this one has migrated."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
#: Commits with migrations that are looked at, the newest first.
_COMMITS = 40


@cache
def version_before() -> str | None:
    """The newest commit whose migrations are some of ours, and not all; None without history, as in a shallow clone."""
    here = _migrations("HEAD")
    for commit in _git("log", f"-{_COMMITS}", "--format=%H", "--", "*/migrations/0*.py"):
        for parent in _git("log", "-1", "--format=%P", commit)[0].split():
            # A migration that was renumbered when branches met would be another one.
            if _migrations(parent) < here:
                return parent
    return None


def _migrations(commit: str) -> set[str]:
    return {path for path in _git("ls-tree", "-r", "--name-only", commit) if "/migrations/0" in path}


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return done.stdout.splitlines()
