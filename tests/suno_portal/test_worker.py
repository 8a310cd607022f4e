"""The application of workers and beat."""

import os
import subprocess
import sys

import pytest

WARN = """
import warnings
from celery.exceptions import SecurityWarning
import suno_portal.worker
warnings.warn(SecurityWarning("as root"))
"""


@pytest.mark.parametrize(("debug", "is_silent"), [("true", True), ("false", False)])
def test_only_a_server_is_warned_of_workers_that_run_as_root(debug, is_silent):
    variables = {**os.environ, "DEBUG": debug, "SECRET_KEY": "s" * 50}
    ended = subprocess.run(
        [sys.executable, "-c", WARN], env=variables, capture_output=True, text=True, check=True
    )
    assert ("as root" not in ended.stderr) is is_silent
