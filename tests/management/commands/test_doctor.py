"""``manage.py doctor``."""

import pytest
from django.core.management import CommandError, call_command

from videos.monitoring import probes
from videos.monitoring.probes import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def examined(monkeypatch):
    """Let the probes find what the test puts here."""
    findings = {"Mail server": [], "Clocks": []}
    monkeypatch.setattr(probes, "examine", findings.items)
    return findings


def test_a_sound_installation_is_well(examined, settings, capsys):
    settings.DEBUG = True  # no checks for servers
    call_command("doctor")
    assert capsys.readouterr().out.endswith("All is well.\n")


def test_it_tells_what_is_wrong_and_how_to_mend_it(examined, settings, capsys):
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["https://portal.example.com"]
    examined["Clocks"].append(Finding("The clock is wrong.", "Set it."))
    with pytest.raises(CommandError, match="things are wrong") as caught:
        call_command("doctor")
    assert caught.value.returncode == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Settings: wrong"
    assert "ALLOWED_HOSTS has 'https://portal.example.com'" in lines[1]
    at = lines.index("Clocks: wrong")
    assert lines[at + 1 : at + 3] == ["  The clock is wrong.", "    Set it."]
    assert "Mail server: ok" in lines
