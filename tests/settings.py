"""Settings of the tests: the demo's, on the database that ``CONECTA_TEST_DATABASE_URL`` names, else SQLite."""

import os
import tempfile

# Removed when the process ends. Whatever the shell says, a test must not touch an installation's own data.
_data = tempfile.TemporaryDirectory(prefix="conecta-tests-")
os.environ |= {
    "CONECTA_DEMO": "1",
    "CONECTA_DATA_DIR": _data.name,
    "CONECTA_DATABASE_URL": os.environ.get("CONECTA_TEST_DATABASE_URL") or f"sqlite:///{_data.name}/conecta.sqlite3",
}

os.environ.pop("CONECTA_ELASTICSEARCH_URL", None)

from conecta_site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
# A process that a screen starts would work on another database than the test's.
CONECTA_BOOKLET_AT_ONCE = False
# Tests run beside each other, each as if on a machine of its own.
CONECTA_BOOKLET_LOCK = f"{_data.name}/booklet.lock"
