"""The newsroom that publishes while faults are done: it is told what to do, and says what was accepted."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("newsroom_script.py")


class Refused(Exception):
    """It was not accepted; whether it was done nevertheless nobody knows, as when the answer to a commit is lost."""


class Newsroom:
    """A process that publishes through the same doors as the admin. Safe for threads."""

    def __init__(self, environment: Mapping[str, str], folder: Path, log: Path) -> None:
        with log.open("ab") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - this very interpreter
                # Read here, so that another version of the code has the same newsroom.
                [sys.executable, "-c", SCRIPT.read_text()],
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._turn = threading.Lock()

    def do(self, what: str, **told: Any) -> Any:
        """What came of it. Raises ``Refused``."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._turn:
            self._process.stdin.write(json.dumps({"do": what, **told}) + "\n")
            self._process.stdin.flush()
            answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["done"]

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Nobody publishes anything by it meanwhile."""
        with self._turn:
            yield

    def close(self) -> None:
        """Let it go home."""
        self._process.communicate()
