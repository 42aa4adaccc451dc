"""Settings of the tests: the demo's, on the database that ``CONECTA_TEST_DATABASE_URL`` names, else SQLite."""

import os
import tempfile

os.environ.setdefault("CONECTA_DEMO", "1")
os.environ.setdefault("CONECTA_DATA_DIR", tempfile.mkdtemp(prefix="conecta-tests-"))
if url := os.environ.get("CONECTA_TEST_DATABASE_URL"):
    os.environ["CONECTA_DATABASE_URL"] = url

from conecta_site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
