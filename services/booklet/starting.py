"""Where no worker runs, as in a demo, what was asked for on a screen is made all the same."""

import os
import subprocess
import sys

from django.conf import settings


def start_without_worker() -> None:
    """Begin the job in a process of its own, for which nobody waits, if ``CONECTA_BOOKLET_AT_ONCE`` says so."""
    if not getattr(settings, "CONECTA_BOOKLET_AT_ONCE", False):
        return
    subprocess.Popen(
        [sys.executable, "-m", "django", "make_booklet", "--asked"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
