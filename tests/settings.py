"""Settings of the test suite: the clinic's own, with a throw-away data directory and quick passwords."""

import atexit
import os
import shutil
import tempfile

if "AJAR_DATA_DIR" not in os.environ:
    os.environ["AJAR_DATA_DIR"] = tempfile.mkdtemp(prefix="ajar-tests-")
    atexit.register(shutil.rmtree, os.environ["AJAR_DATA_DIR"], ignore_errors=True)
os.environ.setdefault("AJAR_SECRET_KEY", "a key of the test suite, which guards nothing")
# A browser test leaves an event loop running in its worker; the ORM is still used from one thread only.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "on")

from ajar.clinic.settings import *
from ajar.clinic.settings import DATA_DIR, DATABASES, STATIC_ROOT

STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# Argon2 is slow on purpose; nothing here needs guarding.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, so that threads share it. Power cuts are not tested here, so the disk is not waited for.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += ";PRAGMA synchronous=OFF"
