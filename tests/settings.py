"""The product's settings in a throw-away data folder. Workers of one run inherit the folder through the environment."""

import os
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.gettempdir()) / f"guanxi-tests-{os.getpid()}"
os.environ.setdefault("GUANXI_TEST_HOME", str(FOLDER / "home"))
os.environ["GUANXI_HOME"] = os.environ["GUANXI_TEST_HOME"]
if os.environ.get("GUANXI_TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["GUANXI_TEST_DATABASE_URL"]
Path(os.environ["GUANXI_HOME"]).parent.mkdir(exist_ok=True)

from guanxi.site.settings import *  # noqa: E402, F403
from guanxi.site.settings import STATIC_ROOT, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow on purpose
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Workers share the server, not the files: the numbers of their imports and refreshes are the same.
if Path(os.environ["GUANXI_HOME"]).parent.name.startswith("guanxi-tests-"):
    GUANXI_HOME = Path(os.environ["GUANXI_HOME"]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    GUANXI_HOME.mkdir(parents=True, exist_ok=True)
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
