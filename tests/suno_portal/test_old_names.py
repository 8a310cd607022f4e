"""Old names of environment variables still work, with a warning."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from suno_portal.old_names import NEW_NAMES, read_old_names

# Values that differ from the defaults, and an expression that shows what the settings made of them
OLD = {
    "ALLOW_SIGNUP": "No",
    "HEARD_MB": "7",
    "DELIVERY_TIMEOUT_SECONDS": "2.5",
    "DELIVERY_RETRY_MINUTES": "3,4",
    "DELIVERY_KEPT_DAYS": "11",
    "KIE_WEBHOOK_KEY": "old-key",
}
SHOWN = (
    "s.SIGNUP, s.ANALYSIS_CACHE_BYTES // 2**20, s.WEBHOOK_TIMEOUT_SECONDS, "
    "s.WEBHOOK_RETRY_MINUTES, s.WEBHOOK_RETENTION_DAYS, s.VENDORS['kie']['callback_key']"
)


def load_settings(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own, with these ``variables``, and print them."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder), "DEBUG": "true"}
    code = f"import suno_portal.settings as s; print(({SHOWN}))"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=django_settings.BASE_DIR,
        env=environment | variables,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(("old", "new"), NEW_NAMES.items())
def test_an_old_name_is_read_with_a_warning(old, new):
    environment = {old: "value"}
    with pytest.warns(FutureWarning, match=f"The setting {old} is called {new} now"):
        read_old_names(environment)
    assert environment[new] == "value"


@pytest.mark.parametrize(("old", "new"), NEW_NAMES.items())
def test_the_new_name_wins(old, new):
    environment = {old: "old", new: "new"}
    with pytest.warns(FutureWarning, match=old):
        read_old_names(environment)
    assert environment[new] == "new"


def test_new_names_raise_no_warning(recwarn):
    environment = dict.fromkeys(NEW_NAMES.values(), "value")
    read_old_names(environment)
    assert environment == dict.fromkeys(NEW_NAMES.values(), "value")
    assert not recwarn.list


def test_the_settings_read_the_old_names(tmp_path):
    assert set(OLD) == set(NEW_NAMES)
    result = load_settings(tmp_path, **OLD)
    assert result.stdout.strip() == "('closed', 7, 2.5, [3.0, 4.0], 11, 'old-key')", result.stderr
    for old, new in NEW_NAMES.items():
        assert f"The setting {old} is called {new} now." in result.stderr
    assert "old-key" not in result.stderr


def test_the_settings_prefer_the_new_names(tmp_path):
    result = load_settings(
        tmp_path, **OLD, SIGNUP="open", ANALYSIS_CACHE_MB="8", KIE_CALLBACK_KEY="new-key"
    )
    assert result.stdout.strip() == "('open', 8, 2.5, [3.0, 4.0], 11, 'new-key')", result.stderr
