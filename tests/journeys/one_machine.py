"""Types the recipe of one machine of docs/operations.md on a machine of its own, and tries it.

``unshare --mount --net python -m tests.journeys.one_machine FOLDER``: in a view of the file system
of its own, where /etc, /srv and /var/lib can be written without anybody noticing, and a network of
its own, where all ports are free. What needs a package index or systemd is done by hand instead.
"""

import contextlib
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from suno_portal.supervisor import NAMES
from tests import papers
from tests.chaos.servers import PostgreSQL
from tests.mail_server import MailServer
from tests.render.samples import music, write_song
from tests.stack import ROOT, is_http_up, wait_for
from tests.terminal import copy_project

PAPER = "docs/operations.md"
DOMAIN = "portal.example.com"
SITE = f"https://{DOMAIN}"
# Commands that are not typed here, and why
NOT_TYPED = {
    "apt install": "the packages are there, or need the network",
    "cp -r suno-portal": "the copy is made without what belongs to development",
    "python3 -m venv": "the copy has the packages of these tests",
    "/srv/portal/.venv/bin/pip install": "it needs a package index",
    "systemctl": "no systemd runs here: its ExecStart lines are run as it would",
}
ANSWERS = {"DJANGO_SUPERUSER_EMAIL": "op@example.com", "DJANGO_SUPERUSER_PASSWORD": "long-" * 5}
HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
os.execvp(sys.argv[2], sys.argv[2:])
"""


def run(command: str, **variables: str) -> str:
    """Type a command as root; return what it prints, and fail where it fails."""
    done = subprocess.run(
        ["bash", "-ec", command],
        env={**os.environ, **ANSWERS, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def recipe() -> list[str]:
    """Return the lines of the blocks under *One machine*, but for the settings."""
    chapter = papers.read(PAPER).partition("## One machine")[2].partition("\n## ")[0]
    return [line for block in re.findall(r"^```text\n(.*?)^```", chapter, re.M | re.S)
            for line in block.splitlines()]  # fmt: skip


def settings() -> str:
    """Return the settings of the recipe, which a person fills in."""
    chapter = papers.read(PAPER).partition("## One machine")[2]
    return re.findall(r"^```ini\n(.*?)^```", chapter, re.MULTILINE | re.DOTALL)[0]


def make_machine(folder: Path) -> None:
    """Let folders of the system be written to, in this view only; bring the network up."""
    run("mount --make-rprivate / && ip link set lo up")
    for name in ("etc", "var/lib", "var/backups"):
        upper, work = folder / name / "upper", folder / name / "work"
        upper.mkdir(parents=True)
        work.mkdir()
        options = f"lowerdir=/{name},upperdir={upper},workdir={work}"
        run(f"mount -t overlay overlay -o {options} /{name}")
    (folder / "srv").mkdir()
    run(f"mount --bind {folder / 'srv'} /srv")
    with Path("/etc/hosts").open("a") as file:
        file.write(f"127.0.0.1 {DOMAIN}\n")
    _open_way_to(Path(sys.base_prefix), folder)
    _open_way_to(Path(sys.prefix).resolve(), folder)


def _open_way_to(path: Path, folder: Path) -> None:
    """Let other accounts reach our Python, which may lie in root's home."""
    closed = next((each for each in [*path.parents][::-1] if not each.stat().st_mode & 0o001), None)
    if closed is None:
        return
    copy = folder / "python" / path.name
    copy.mkdir(parents=True)
    run(f"mount --bind {path} {copy} && mount -t tmpfs -o mode=0755 tmpfs {closed}")
    path.mkdir(parents=True)
    run(f"mount --bind {copy} {path}")


def make_certificate() -> Path:
    """Make a certificate of our own where the recipe has one of Let's Encrypt."""
    folder = Path("/etc/letsencrypt/live") / DOMAIN
    folder.mkdir(parents=True)
    run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 "
        f"-subj /CN={DOMAIN} -addext subjectAltName=DNS:{DOMAIN} "
        f"-keyout {folder}/privkey.pem -out {folder}/fullchain.pem"
    )
    return folder / "fullchain.pem"


def type_recipe(mail: str) -> list[str]:
    """Type the commands in their order; return what the checks printed."""
    printed = []
    for line in recipe():
        if line.startswith("cp -r suno-portal"):
            copy_project(Path("/srv/portal"))
        if line.startswith("cd "):
            fill_in(mail)
        if line.startswith(tuple(NOT_TYPED)) or "doctor" in line:
            continue
        line += " --noinput" if "createsuperuser" in line else ""
        printed.append(run(f"cd /srv/portal 2>/dev/null || cd /; {line}"))
    return printed


def fill_in(mail: str) -> None:
    """Write the settings as a person would, with an address of mail that is here."""
    text = settings().replace("SECRET_KEY=…", f"SECRET_KEY={'k' * 20}{os.urandom(20).hex()}")
    text = re.sub(r"EMAIL_URL=.*", f"EMAIL_URL={mail}", text)
    Path("/srv/portal/.env").write_text(text)  # its owner and modes stay


@contextlib.contextmanager
def services(log: Path) -> Iterator[None]:
    """Run what the units run, as systemd would, until the block ends."""
    hardening = Path("/etc/systemd/system/portal-.service.d/hardening.conf").read_text()
    (variables,) = re.findall(r"^Environment=(.+)$", hardening, re.MULTILINE)
    own = [f"{name}={os.environ[name]}" for name in ("PGHOST", "PGPORT", "SSL_CERT_FILE")]
    account = ["setpriv", "--reuid=portal", "--regid=portal", "--init-groups", "env", "-i"]
    processes = []
    with socket.create_server(("127.0.0.1", 8000)) as listener, log.open("wb") as output:
        for name in NAMES:
            unit = Path(f"/etc/systemd/system/portal-{name}.service").read_text()
            (command,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
            words = [*account, *shlex.split(variables), *own]
            if name == "web":
                words += [sys.executable, "-c", HAND_OVER, str(listener.fileno())]
            processes.append(
                subprocess.Popen(
                    [*words, *shlex.split(command)],
                    cwd="/srv/portal",
                    stdout=output,
                    stderr=output,
                    umask=0o027,
                    pass_fds=[listener.fileno()],
                )
            )
        try:
            yield
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(60)


def make_film(certificate: Path, folder: Path) -> None:
    """Bring a song, order its film, and fetch that through nginx."""
    key = as_portal("create_api_key op@example.com").splitlines()[-1]
    session = requests.Session()
    session.verify, session.headers["Authorization"] = str(certificate), f"Bearer {key}"
    song = write_song(folder / "song.mp3", music(2)).read_bytes()
    ids = session.post(f"{SITE}/api/v1/songs", files={"audio": ("a.mp3", song)}, timeout=60).json()
    order = session.post(
        f"{SITE}/api/v1/mp4/generate",
        json=ids["data"] | {"callBackUrl": f"{SITE}/done"},
        timeout=60,
    )
    video = order.json()["data"]["taskId"]

    def film() -> str:
        record = session.get(f"{SITE}/api/v1/mp4/record-info?taskId={video}", timeout=60).json()
        time.sleep(1)
        return str(((record.get("data") or {}).get("response") or {}).get("videoUrl") or "")

    address = wait_for(film, 120, "No film")
    answer = requests.get(
        address, verify=str(certificate), headers={"Range": "bytes=4-7"}, timeout=60
    )
    assert (answer.status_code, answer.content) == (206, b"ftyp"), answer.text
    assert answer.headers["Server"].startswith("nginx"), answer.headers


def as_portal(command: str) -> str:
    """Run a command of the portal as its account, in its folder."""
    return run(f"cd /srv/portal; runuser -u portal -- .venv/bin/python manage.py {command}")


def main(folder: Path) -> None:
    make_machine(folder)
    certificate = make_certificate()
    database = PostgreSQL(folder / "postgresql")
    database.start()
    redis = subprocess.Popen(["redis-server", "--save", "", "--dir", str(folder)], stdout=-3)
    os.environ |= {
        "PGHOST": str(database.folder),
        "PGPORT": str(database.port),
        "SSL_CERT_FILE": str(certificate),
    }
    with MailServer() as mail, contextlib.ExitStack() as stack:
        stack.callback(database.kill)
        stack.callback(redis.kill)
        type_recipe(mail.url)
        nginx = subprocess.Popen(["nginx", "-g", "daemon off;"])
        stack.callback(nginx.terminate)
        log = folder / "services.log"
        with services(log):
            wait_for(lambda: is_http_up("http://127.0.0.1:8000/healthz"), 60, log.read_text)
            try:
                make_film(certificate, folder)
                wait_for(
                    lambda: requests.get("http://127.0.0.1:8000/readyz?all=1", timeout=20).ok,
                    60,
                    log.read_text,
                )
                print(as_portal("doctor"))
            except BaseException:
                print(log.read_text()[-5000:])
                raise


if __name__ == "__main__":
    assert ROOT.exists()
    main(Path(sys.argv[1]))
