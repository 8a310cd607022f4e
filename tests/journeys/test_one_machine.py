"""The recipe of one machine: typed as it is printed, as root of a machine of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.journeys import one_machine
from tests.stack import ROOT

pytestmark = [pytest.mark.nightly, pytest.mark.processes, pytest.mark.server]
NEEDED = ("unshare", "nginx", "redis-server", "openssl", "setpriv", "ip")
PATH = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"


def test_the_recipe_makes_a_site_that_is_well():
    if os.geteuid() or not all(shutil.which(name, path=PATH) for name in NEEDED):
        pytest.skip(f"Root, PostgreSQL and {', '.join(NEEDED)} are needed.")
    folder = Path(tempfile.mkdtemp(prefix="suno-portal-machine-"))
    folder.chmod(0o755)
    command = ["unshare", "--mount", "--net", sys.executable, "-m", one_machine.__name__]
    environment = {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8"}
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "mode=0755", "tmpfs", str(folder)], check=True
        )
        done = subprocess.run(
            [*command, str(folder)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=500,
        )
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)
        folder.rmdir()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All is well." in done.stdout
