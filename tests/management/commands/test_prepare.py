"""``manage.py prepare``."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from videos.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path: Path, monkeypatch) -> None:
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setenv("PORT", str(free_port()))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_development_machine_is_told_where_to_look(settings, capsys, monkeypatch):
    settings.DEBUG = True
    monkeypatch.setenv("PORT", port := str(free_port()))
    call_command("prepare")
    output = capsys.readouterr().out
    assert f"http://127.0.0.1:{port}\n" in output
    assert "demo@example.com" in output
    assert "admin@example.com" in output
    assert (Path(settings.STATIC_ROOT) / "css" / "portal.css").exists()


def test_a_real_site_gets_no_demo_and_no_log_ins(settings, capsys):
    settings.DEBUG = False
    call_command("prepare")
    assert not User.objects.exists()
    assert "password" not in capsys.readouterr().out


def test_the_analysis_cache_is_moved_from_where_it_was(settings, tmp_path):
    settings.DEBUG = False
    settings.ANALYSIS_CACHE_DIR = tmp_path / "analysis_cache"
    (tmp_path / "heard").mkdir()
    (tmp_path / "heard" / "1.heard").write_bytes(b"analysis")
    call_command("prepare")
    assert not (tmp_path / "heard").exists()
    assert (settings.ANALYSIS_CACHE_DIR / "1.heard").read_bytes() == b"analysis"
    (tmp_path / "heard").mkdir()
    call_command("prepare")  # what is there now stays
    assert (settings.ANALYSIS_CACHE_DIR / "1.heard").exists()


@pytest.fixture
def taken(monkeypatch) -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        yield port


def test_a_port_that_is_taken_is_told_before_anything_starts(settings, taken):
    settings.DEBUG = True
    with pytest.raises(CommandError, match=f"try: make run PORT={taken + 1}"):
        call_command("prepare")


def test_a_real_site_is_updated_while_it_runs(settings, taken):
    settings.DEBUG = False
    call_command("prepare")


def test_a_database_that_is_not_to_be_had_is_a_sentence(settings, monkeypatch):
    def refused(self: object) -> None:
        raise OperationalError('connection failed: FATAL: password failed for user "portal"')

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.connect", refused)
    with pytest.raises(CommandError, match=r"cannot be used \(DATABASE_URL\): .*password failed"):
        call_command("prepare")
