"""The environment variables: their kinds, their defaults, and one sentence for a wrong value."""

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured

from suno_portal import environment, supervisor
from suno_portal.environment import (
    Environment,
    as_misconfiguration,
    read_env_file,
    undeclared_in,
)
from suno_portal.variables import GROUPS, VARIABLES

ROOT = Path(django_settings.BASE_DIR)


def run(folder: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program of ours as on a machine that has nothing but these variables."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": path, "DATA_DIR": str(folder)} | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_names_stand_once():
    names = [variable.name for group in GROUPS for variable in group.variables]
    assert len(names) == len(set(names)) == len(VARIABLES)


def test_every_default_is_of_its_kind():
    Environment({}).check()


def test_every_example_is_of_its_kind():
    examples = {name: variable.example for name, variable in VARIABLES.items()}
    Environment(examples).check()


def test_an_empty_variable_has_its_default():
    env = Environment({"PORT": " ", "SECURE": "", "MAIL_RETRY_MINUTES": ""})
    assert (env.integer("PORT"), env.flag("SECURE")) == (8000, True)
    assert env.numbers("MAIL_RETRY_MINUTES") == [1, 5, 15, 60]


def test_a_value_that_begins_with_a_dollar_is_no_reference():
    assert Environment({"SECRET_KEY": "$DEBUG"}).text("SECRET_KEY") == "$DEBUG"


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("On", True), ("1", True), ("FALSE", False), ("no", False), ("0", False)],
)
def test_a_flag_has_several_spellings(text, value):
    assert Environment({"DEBUG": text}).flag("DEBUG") is value


def test_lists_have_no_empty_items():
    env = Environment({"ALLOWED_HOSTS": "a.example, b.example,,", "LOG_LEVEL": "debug"})
    assert env.items("ALLOWED_HOSTS") == ["a.example", "b.example"]
    assert env.choice("LOG_LEVEL") == "DEBUG"


def test_a_semicolon_in_a_password_parts_nothing():
    url = "postgres://u:p;w@db.example/portal"
    assert Environment({"DATABASE_URL": url}).url("DATABASE_URL") == url


def test_a_file_that_is_no_text_is_told_of(tmp_path):
    (tmp_path / ".env").write_bytes("SITE_NAME=Été".encode("latin-1"))
    with pytest.raises(ImproperlyConfigured, match="not a text in UTF-8"):
        read_env_file(tmp_path / ".env")


def test_a_folder_that_cannot_be_made_is_told_of(tmp_path):
    (tmp_path / "uploads").write_text("in the way")
    result = run(tmp_path, "manage.py", "check", SECRET_KEY="k" * 50)
    assert result.returncode == environment.EXIT_MISCONFIGURED
    assert "A folder in DATA_DIR cannot be used by this account: File exists" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_of_another_account_is_told_of():
    with (
        pytest.raises(ImproperlyConfigured, match=r"The key: Permission denied \(a/secret_key\)\."),
        as_misconfiguration("The key"),
    ):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "a/secret_key")


def test_the_makefile_can_print_a_variable(tmp_path):
    result = run(tmp_path, "-m", "suno_portal.environment", "PORT", PORT="9000")
    assert result.stdout == "9000\n"


def test_several_brokers_are_one_address():
    url = "redis://a.example/0;redis://b.example/0"
    assert Environment({"CELERY_BROKER_URL": url}).url("CELERY_BROKER_URL") == url


def test_an_address_is_a_network_of_one():
    networks = Environment({"METRICS_ADDRESSES": "127.0.0.1, 10.0.0.0/8"})
    assert list(map(str, networks.networks("METRICS_ADDRESSES"))) == ["127.0.0.1/32", "10.0.0.0/8"]
    wrong = Environment({"METRICS_ADDRESSES": "10.0.0.1/8"})
    with pytest.raises(ImproperlyConfigured, match="addresses or networks"):
        wrong.networks("METRICS_ADDRESSES")


WRONG = [
    ("DEBUG", "ture", "DEBUG is 'ture', but it must be true or false."),
    ("PORT", "80a", "PORT is '80a', but it must be a whole number."),
    ("PORT", "8000.5", "PORT is '8000.5', but it must be a whole number."),
    ("PORT", "70000", "PORT is '70000', but it must be 65535 at most."),
    ("WEB_THREADS", "0", "WEB_THREADS is '0', but it must be 1 or more."),
    ("MAX_AUDIO_MB", "-1", "MAX_AUDIO_MB is '-1', but it must be 1 or more."),
    ("WEBHOOK_TIMEOUT_SECONDS", "nan", "it must be a number."),
    ("WEBHOOK_RETRY_MINUTES", "1,x", "WEBHOOK_RETRY_MINUTES is 'x', but it must be numbers"),
    ("LOG_LEVEL", "loud", "it must be one of DEBUG, INFO, WARNING, ERROR."),
    ("EMAIL_VERIFICATION", "maybe", "it must be one of automatic, none, optional, mandatory."),
    ("DATABASE_URL", "mysql://u:hunter2@h/d", "DATABASE_URL is not an address"),
    ("DATABASE_URL", "postgres://u:hunter2@h:port/d", "DATABASE_URL is not an address"),
    ("CELERY_BROKER_URL", "redis://a;hunter2", "CELERY_BROKER_URL is not an address"),
    ("CACHE_URL", "redis.hunter2.example", "CACHE_URL is not an address"),
    ("EMAIL_URL", "mail.hunter2.example:587", "EMAIL_URL is not an address"),
]


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_a_wrong_value_is_one_sentence_that_names_the_variable(name, value, sentence):
    with pytest.raises(ImproperlyConfigured, match=re.escape(sentence)) as caught:
        Environment({name: value}).check()
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("program", "variables", "sentence"),
    [
        (["manage.py", "check"], {"PORT": "x"}, "PORT is 'x'"),
        (["manage.py", "create_api_key", "a@example.com"], {}, "Set SECRET_KEY"),
        (["manage.py", "migrate"], {"DEBUG": "1", "TIME_ZONE": "Mars"}, "TIME_ZONE is 'Mars'"),
        (["manage.py", "check"], {"DATA_DIR": "/proc/portal"}, "DATA_DIR, /proc/portal, cannot"),
        (["suno_portal/supervisor.py", "web"], {"WEB_THREADS": "x"}, "WEB_THREADS is 'x'"),
        (["suno_portal/supervisor.py", "web"], {}, "Set SECRET_KEY"),
        (["suno_portal/supervisor.py", "worker"], {"WORK_CONCURRENCY": "x"}, "WORK_CONCURRENCY"),
        (["suno_portal/supervisor.py", "renderer"], {"LOG_LEVEL": "x"}, "LOG_LEVEL is 'x'"),
        (["suno_portal/supervisor.py", "beat"], {}, "Set SECRET_KEY"),
    ],
)
def test_every_program_ends_with_the_sentence_alone(tmp_path, program, variables, sentence):
    result = run(tmp_path, *program, **variables)
    assert result.returncode == environment.EXIT_MISCONFIGURED
    output = result.stdout + result.stderr
    assert f"The settings are wrong: {sentence}" in output
    assert "Traceback" not in output
    assert len(output.splitlines()) == 1


def test_the_supervisor_needs_no_settings_but_agrees_with_them(monkeypatch):
    for name in ("LOG_LEVEL", "WORK_CONCURRENCY", "RENDER_CONCURRENCY"):
        monkeypatch.delenv(name, raising=False)
        commands = [supervisor.command_of(process) for process in ("worker", "renderer")]
        assert any(VARIABLES[name].default in command for command in commands)
    assert supervisor.EXIT_MISCONFIGURED == environment.EXIT_MISCONFIGURED


def test_commands_use_the_key_of_a_development_machine_and_servers_do_not(tmp_path):
    made = run(tmp_path, "manage.py", "check", DEBUG="true")
    assert made.returncode == 0, made.stderr
    code = "from django.conf import settings as s; print(s.DEBUG, s.SECRET_KEY)"
    shown = run(tmp_path, "manage.py", "shell", "--verbosity", "0", "--command", code)
    assert shown.stdout.split() == ["False", (tmp_path / "secret_key").read_text()], shown.stderr
    for server in (["suno_portal/supervisor.py", "web"], ["manage.py", "runserver", "--noreload"]):
        assert "Set SECRET_KEY" in run(tmp_path, *server).stderr


def test_names_in_the_file_that_are_no_settings_are_told_with_the_nearest(tmp_path):
    file = tmp_path / ".env"
    assert undeclared_in(file) == {}
    file.write_text("# a\nKIE_APIKEY=x\nexport DEBUG=true\n PORT = 1\nHEARD_MB=7\nQQQ=1\n")
    assert undeclared_in(file) == {"KIE_APIKEY": "KIE_API_KEY", "QQQ": ""}
