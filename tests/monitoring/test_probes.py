"""What is wrong with an installation is told in sentences, with how to mend it."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from tests.factories import a_pulse
from tests.mail_server import MailServer
from tests.quiet_server import QuietServer
from videos import VERSION, readiness
from videos.middleware.shortcuts import HEALTH_CHECKS
from videos.models import ScheduledTask, WorkerPulse
from videos.monitoring import probes
from videos.queue import BEAT

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA_DIR = settings.BASE_DIR = tmp_path
    tmp_path.chmod(0o710)
    return tmp_path


def problems(findings):
    return " ".join(each.problem for each in findings)


def test_what_others_can_read_is_told(data):
    assert probes.modes() == []
    (data / "secret_key").write_text("x")
    (data / "secret_key").chmod(0o644)
    assert probes.modes() == []  # nobody else comes that far
    data.chmod(0o755)
    assert f"can enter or read {data}, {data}/secret_key." in problems(probes.modes())


def test_a_file_with_passwords_that_others_can_read_is_told(data):
    (data / ".env").write_text("SECRET_KEY=x")
    (data / ".env").chmod(0o640)
    (finding,) = probes.modes()
    assert "with its passwords" in finding.problem
    assert finding.hint == f"chmod 600 {data}/.env"


def test_a_disk_that_is_nearly_full_is_told(data, monkeypatch):
    assert probes.space() == []
    monkeypatch.setattr(probes, "MIN_FREE_BYTES", 10**18)
    assert "GB only" in problems(probes.space())


def test_a_database_that_does_not_answer_is_told(monkeypatch):
    assert probes.database() == []

    def refuse():
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setitem(readiness.PARTS, "database", refuse)
    (finding,) = probes.database()
    assert finding.problem == "It does not answer: OperationalError: connection refused"


def test_a_schema_of_another_version_is_told(monkeypatch):
    monkeypatch.setitem(readiness.PARTS, "migrations", lambda: False)
    assert "prepare" in probes.database()[0].hint


@pytest.mark.parametrize(
    ("part", "probe", "hint"),
    [
        ("broker", probes.broker, "CELERY_BROKER_URL"),
        ("storage", probes.storage, "owner and modes"),
    ],
)
def test_a_part_that_is_away_is_told(monkeypatch, part, probe, hint):
    assert probe() == []

    def refuse():
        raise ConnectionRefusedError("nobody listens")

    parts = readiness.PARTS if part in readiness.PARTS else readiness.OTHER_PARTS
    monkeypatch.setitem(parts, part, refuse)
    (finding,) = probe()
    assert "nobody listens" in finding.problem
    assert hint in finding.hint


def test_workers_that_miss_and_those_of_another_version_are_told():
    assert problems(probes.workers()).count("alive") == 3
    for queue in ("deliver,work", "render", BEAT):
        WorkerPulse.objects.record_heartbeat(f"{queue}@here", queue, VERSION)
    assert "none of its ticks has reached a worker" in problems(probes.workers())
    ScheduledTask.objects.record_tick()
    assert probes.workers() == []
    WorkerPulse.objects.update(version="0.9.0")
    assert f"runs version 0.9.0, and this is {VERSION}" in problems(probes.workers())


def test_clocks_apart_are_told():
    pulse = a_pulse("render")
    assert probes.clocks() == []
    WorkerPulse.objects.filter(pk=pulse.pk).update(clock_offset=-61.2)
    (finding,) = probes.clocks()
    assert "render@test: its clock is 61.2 s behind" in finding.problem


@contextmanager
def portal(settings, **headers):
    """Serve ``/healthz`` of the portal behind a proxy that adds ``headers``."""

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self):
            answer = Client().get(self.path, headers={**self.headers, **headers})
            self.send_response(answer.status_code)
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *args: object) -> None:
            """Print no line for each request."""

    with QuietServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.SITE_URL = f"http://127.0.0.1:{server.server_port}"
        yield
        server.shutdown()


def test_a_site_that_answers_as_it_is_set_up_is_well(settings):
    with portal(settings):
        assert probes.site() == []
    settings.BEHIND_PROXY = True
    with portal(settings, **{"X-Forwarded-For": "203.0.113.9"}):
        assert probes.site() == []


def test_a_proxy_that_is_not_in_the_settings_is_told(settings):
    with portal(settings, **{"X-Forwarded-For": "203.0.113.9"}):
        assert probes.site()[0].hint == "Set BEHIND_PROXY=true."


def test_a_wrong_number_of_proxies_is_told(settings):
    settings.BEHIND_PROXY = True
    with portal(settings, **{"X-Forwarded-For": "203.0.113.9, 10.0.0.1"}):
        (finding,) = probes.site()
    assert finding.problem == "PROXY_COUNT is 1, but X-Forwarded-For has 2 addresses."


def test_a_proxy_that_is_not_there_is_told(settings):
    settings.BEHIND_PROXY = True
    with portal(settings):
        assert "set BEHIND_PROXY=false" in probes.site()[0].hint


def test_an_address_where_nobody_listens_is_told(settings):
    settings.SITE_URL = "http://127.0.0.1:9"
    (finding,) = probes.site()
    assert "SITE_URL" in finding.hint


def test_an_address_of_another_site_is_told(settings, monkeypatch):
    with portal(settings):
        monkeypatch.setitem(HEALTH_CHECKS, "/healthz", elsewhere)
        (finding,) = probes.site()
    assert "not as this portal does" in finding.problem


def elsewhere(request):
    return HttpResponse("<h1>Welcome to nginx!</h1>")


def test_a_portal_with_another_key_is_told(settings):
    with portal(settings, **{probes.DOCTOR_HEADER: "forged"}):
        (finding,) = probes.site()
    assert "another SECRET_KEY" in finding.problem


def test_strangers_do_not_learn_what_arrives(client):
    forged = {probes.DOCTOR_HEADER: "x:y:z", "X-Forwarded-For": "10.0.0.1"}
    assert json.loads(client.get("/healthz", headers=forged).content) == {"status": "ok"}


def test_a_mail_server_that_refuses_the_log_in_is_told(settings):
    assert probes.mail_server() == []
    settings.CAN_SEND_MAIL = True
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        assert probes.mail_server() == []
    (finding,) = probes.mail_server()
    assert "cannot be reached" in finding.problem


def test_fonts_and_codecs_are_there_and_those_that_miss_are_told(monkeypatch, tmp_path):
    assert probes.fonts() == probes.codecs() == []
    monkeypatch.setattr(probes, "FOLDER", tmp_path)
    assert "Inter.ttf" in problems(probes.fonts())
    monkeypatch.setattr(probes, "CODECS", "print('libx264')")
    assert problems(probes.codecs()) == "This PyAV lacks libx264."
    monkeypatch.setattr(probes, "CODECS", "import av_that_is_not_there")
    assert "No module named" in problems(probes.codecs())


def test_a_probe_that_breaks_is_a_finding(monkeypatch, settings):
    settings.DATA_DIR = Path("/nowhere")
    settings.SITE_URL = "http://127.0.0.1:9"
    findings = dict(probes.examine())
    assert "FileNotFoundError" in problems(findings["Room on the disk"])
