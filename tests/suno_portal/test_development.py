"""The secret key of a development machine."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from suno_portal.development import development_secret_key


def test_it_is_made_once_for_its_owner_only(tmp_path: Path):
    path = tmp_path / "data" / "secret_key"
    key = development_secret_key(path)
    assert len(key) >= 50
    assert path.stat().st_mode & 0o777 == 0o600
    assert development_secret_key(path) == key
    assert list(path.parent.iterdir()) == [path]


def test_processes_that_start_together_agree(tmp_path: Path):
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as starts:
        keys = set(starts.map(lambda _: development_secret_key(path), range(32)))
    assert len(keys) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_two_machines_have_two_keys(tmp_path: Path):
    assert development_secret_key(tmp_path / "a") != development_secret_key(tmp_path / "b")
