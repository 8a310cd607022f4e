"""Fixtures and settings of all tests: a temporary folder, and no network but loopback."""

import atexit
import gc
import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from pytest_django.fixtures import Settings

from tests import network
from tests.pairwise import leave_rest_to_nightly
from tests.prepared import copy_migrated_database, migrated_template
from tests.standin import StandIn
from videos.vendors import VENDORS

pytest_plugins = ["tests.portal_fixtures", "tests.receiver_fixtures"]

# All processes of a run share the first one's folder, and each has another inside it
if "RUN_FOLDER" not in os.environ:
    os.environ["RUN_FOLDER"] = tempfile.mkdtemp(prefix="suno-portal-tests-")
    atexit.register(shutil.rmtree, os.environ["RUN_FOLDER"], ignore_errors=True)
FOLDER = tempfile.mkdtemp(dir=os.environ["RUN_FOLDER"])

# Set before the settings load; an environment variable wins over a developer's .env
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "suno_portal.settings",
    "DEBUG": "false",
    "SECRET_KEY": "only-for-tests-" + "x" * 50,
    "SECURE": "false",
    "SITE_URL": "http://testserver",
    "SITE_NAME": "Suno Portal",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "CSRF_TRUSTED_ORIGINS": "http://testserver",
    "DATA_DIR": FOLDER,
    "CACHE_URL": "locmemcache://",
    "CELERY_BROKER_URL": "memory://",
    "EMAIL_URL": "memorymail://",
    "MAIL_RETRY_MINUTES": "1,5,15,60",
    "PAGE_BUDGET": "0",  # a run opens more pages in a minute than a person
    "EMAIL_VERIFICATION": "optional",
    "SIGNUP": "open",
    "MEDIA_ACCEL_PREFIX": "",
    "ALLOWED_PRIVATE_HOSTS": "",
    "ANALYSIS_CACHE_MB": "1024",
    "WEBHOOK_TIMEOUT_SECONDS": "15",
    "WEBHOOK_RETRY_MINUTES": "1,5,15",
    "WEBHOOK_RETENTION_DAYS": "30",
    "TIME_ZONE": "UTC",
    **dict.fromkeys(("METRICS_TOKEN", "METRICS_ADDRESSES", "ADMINS", "SENTRY_DSN"), ""),
    "LOG_FORMAT": "",
    **{variable: "" for facts in VENDORS.values() for variable in facts.variables.values()},
}
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER}/portal.sqlite3")


def is_sqlite() -> bool:
    """Return whether the tests run on SQLite."""
    return django_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def pytest_configure() -> None:
    """Change the settings that have no environment variable, and close the network."""
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"  # no collectstatic before
    django_settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": plain},
    }
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    Path(django_settings.STATIC_ROOT).mkdir(exist_ok=True)
    if is_sqlite():  # a file in WAL mode, as in production
        test_database = django_settings.DATABASES["default"].setdefault("TEST", {})
        test_database["NAME"] = f"{FOLDER}/test.sqlite3"
    network.block_network()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let Django use the SQLite database that is there: a copy of one that is migrated."""
    return is_sqlite()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let the database of this process's tests be a copy of one that is migrated."""
    database = django_settings.DATABASES["default"]["TEST"]
    if is_sqlite():
        copy_migrated_database(Path(database["NAME"]))
    else:
        database["TEMPLATE"] = migrated_template()


def pytest_xdist_auto_num_workers() -> int:
    """Return one process more than there are cores: many tests wait for children and servers."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that tests/slow_tests.txt lists, and the cases that are left to the night."""
    leave_rest_to_nightly(items)
    lines = Path(__file__).with_name("slow_tests.txt").read_text(encoding="utf-8").splitlines()
    slow = {line.split()[1] for line in lines if not line.startswith("#")}
    for item in items:
        if item.name.split("[")[0] in slow:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Take what is there from now on out of the garbage collector's passes: half a gigabyte."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def same_processor_time() -> Iterator[None]:
    """Fail where a test limits the processor time of its own process, which would end others."""
    before = resource.getrlimit(resource.RLIMIT_CPU)
    yield
    after = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, before)
    left, _ = signal.setitimer(signal.ITIMER_PROF, 0)
    assert (after, left) == (before, 0)


@pytest.fixture(autouse=True)
def fresh_media_and_cache(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test an empty storage and an empty cache (rate limits live there).

    The key of addresses is cached, as in a process that has signed one already. The folders have
    random names: pytest's would be numbered, and it lists those of all tests to find the next.
    """
    settings.MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="media-", dir=FOLDER))
    settings.FILE_UPLOAD_TEMP_DIR = Path(tempfile.mkdtemp(prefix="uploads-", dir=FOLDER))
    cache.clear()
    monkeypatch.setattr("videos.models.signing_key.cached_keys", {"addresses": "k" * 67})


@pytest.fixture
def vendor(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[StandIn]:
    """Yield a stand-in of kie.ai that is set up in the portal; downloads retry at once."""
    monkeypatch.setattr("videos.outbound.downloads.BACKOFF", 0.01)
    settings.SCRATCH_DIR = tmp_path / "scratch"
    with StandIn("kie") as standin:
        settings.VENDORS = {"kie": standin.settings}
        settings.ALLOWED_PRIVATE_HOSTS = [standin.host]
        yield standin
