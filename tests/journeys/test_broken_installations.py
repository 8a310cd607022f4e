"""``manage.py doctor`` on a site that runs, and on the same one after each thing that breaks."""

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack import ROOT, Stack, free_port, running_stack, wait_for

pytestmark = [pytest.mark.nightly, pytest.mark.processes]
NOBODY = f"127.0.0.1:{free_port()}"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("stack")) as stack:
        stack.folder.chmod(0o710)
        wait_for(stack.is_ready, 60, stack.logs)
        yield stack


def doctor(stack: Stack, **variables: str) -> tuple[int, str]:
    """Return the exit code of the doctor, and what it says, in one line."""
    done = subprocess.run(
        [sys.executable, "manage.py", "doctor"],
        cwd=ROOT,
        env=stack.environment | variables,
        capture_output=True,
        text=True,
        timeout=120,
    )
    print(done.stdout + done.stderr)
    return done.returncode, " ".join(done.stdout.split())


def test_a_site_that_runs_is_well(stack):
    code, text = doctor(stack)
    assert (code, text.endswith("All is well.")) == (0, True), text


BY_VARIABLES = {
    "a database that is away": (
        {"DATABASE_URL": f"postgres://portal@{NOBODY}/portal"},
        "Database: wrong It does not answer: OperationalError",
        "Look at DATABASE_URL.",
    ),
    "a broker that is away": (
        {"CELERY_BROKER_URL": f"redis://{NOBODY}/0"},
        "Broker: wrong It does not answer: OperationalError",
        "Look at CELERY_BROKER_URL; meanwhile workers find what is due by themselves.",
    ),
    "a bucket that is away": (
        {
            "S3_BUCKET": "portal",
            "S3_ENDPOINT_URL": f"http://{NOBODY}",
            "S3_ACCESS_KEY": "k",
            "S3_SECRET_KEY": "s",
        },
        "Files of songs and films: wrong It cannot be used: ",
        "Look at the settings S3_…",
    ),
    "an address where nobody is": (
        {"SITE_URL": f"http://{NOBODY}"},
        f"The site at its address: wrong http://{NOBODY}/healthz: ",
        "Look at SITE_URL, its DNS entry, and the proxy.",
    ),
    "a command with another key": (
        {"SECRET_KEY": "another-" * 9},
        "has another SECRET_KEY.",
        "Give all processes and commands the same .env.",
    ),
    "proxies that are not there": (
        {"BEHIND_PROXY": "true", "PROXY_COUNT": "2"},
        "BEHIND_PROXY is set, but no proxy adds to X-Forwarded-For",
        "or set BEHIND_PROXY=false.",
    ),
    "a mail server that is away": (
        {"EMAIL_URL": f"smtp://{NOBODY}"},
        "Mail server: wrong",
        "Look at EMAIL_URL.",
    ),
    "a host with a scheme": (
        {"ALLOWED_HOSTS": "https://portal.example.com"},
        "Settings: wrong ALLOWED_HOSTS has 'https://portal.example.com'",
        "",
    ),
}


@pytest.mark.parametrize("broken", BY_VARIABLES)
def test_a_wrong_variable_is_told_with_what_to_do(stack, broken):
    variables, problem, hint = BY_VARIABLES[broken]
    code, text = doctor(stack, **variables)
    assert code == 1
    assert problem in text
    assert hint in text


def test_files_that_everybody_can_read_are_told(stack):
    stack.folder.chmod(0o755)
    try:
        code, text = doctor(stack)
    finally:
        stack.folder.chmod(0o710)
    assert (code, "Every account of this machine can enter or read" in text) == (1, True), text


def test_a_disk_without_room_is_told(stack, tmp_path):
    command = ["mount", "-t", "tmpfs", "-o", "size=3m,mode=0710", "tmpfs", str(tmp_path)]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("Mounting a small file system needs root.")
    try:
        database = f"sqlite:///{stack.folder}/portal.sqlite3"
        code, text = doctor(stack, DATA_DIR=str(tmp_path), DATABASE_URL=database)
    finally:
        subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)
    assert (code, f"{tmp_path} has room for 0.0 GB only." in text) == (1, True), text


def changed_copy(stack: Stack, folder: Path, *statements: str) -> str:
    """Return the address of a copy of the database in which something is changed."""
    copy = folder / "copy.sqlite3"
    with (
        contextlib.closing(sqlite3.connect(stack.folder / "portal.sqlite3")) as original,
        contextlib.closing(sqlite3.connect(copy)) as database,
        database,
    ):
        original.backup(database)  # with what is only in its log
        for statement in statements:
            database.execute(statement)
    return f"sqlite:///{copy}"


def test_tables_of_another_version_are_told(stack, tmp_path):
    newest = "SELECT max(id) FROM django_migrations WHERE app = 'videos'"
    url = changed_copy(stack, tmp_path, f"DELETE FROM django_migrations WHERE id = ({newest})")
    code, text = doctor(stack, DATABASE_URL=url)
    assert code == 1
    assert "Its tables are of another version. Run manage.py prepare." in text


def test_workers_that_miss_or_whose_clock_is_wrong_are_told(stack, tmp_path):
    url = changed_copy(
        stack,
        tmp_path,
        "DELETE FROM videos_workerpulse WHERE queue = 'render'",
        "UPDATE videos_workerpulse SET clock_offset = -61, seen_at = datetime('now', '+1 hour')",
    )
    code, text = doctor(stack, DATABASE_URL=url)
    assert code == 1
    assert "No renderer has been alive for half a minute. Start renderer" in text
    assert "its clock is 61.0 s behind that of the database." in text
