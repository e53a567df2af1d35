"""Settings for the tests: a throw-away data folder, and the database that ``TEST_DATABASE_URL`` names, else SQLite."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="gallery-test-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("GALLERY_")] + ["DATABASE_URL"]:
    os.environ.pop(_name, None)
os.environ["GALLERY_DATA_DIR"] = str(_FOLDER)

from gallery_project.settings import *  # noqa: E402, F403
from gallery_project.settings import STORAGES, database  # noqa: E402

DATABASES = {"default": database(os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{_FOLDER / 'unused.sqlite3'}")}
# A file, not memory: a worker started by a test must see the same rows.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(_FOLDER / "test.sqlite3")}

ALLOWED_HOSTS = ["*"]
# Nobody listens there: a test that forgets its stand-in reaches nothing.
RUNPOD_API_BASE = "http://127.0.0.1:9"
RUNPOD_PROXY_TEMPLATE = "http://127.0.0.1:9/{pod_id}/{port}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
