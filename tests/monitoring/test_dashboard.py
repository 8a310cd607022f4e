"""The dashboard and the alert rules of ``deploy/`` name metrics that exist, and nearly all."""

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.factories import a_pulse, a_video
from videos.models import Circuit, Counter, event
from videos.monitoring import numbers
from videos.monitoring.exposition import exposition

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
DASHBOARD = DEPLOY / "grafana-dashboard.json"
ALERTS = DEPLOY / "prometheus-alerts.yml"
NAME = re.compile(r"\bsuno_portal_[a-z_]+")
NOT_SHOWN = {"suno_portal_info"}


def metrics_in(path):
    return set(NAME.findall(path.read_text(encoding="utf-8")))


@pytest.fixture
def samples(client, db, settings):
    """Return the names of all samples, where each metric has one."""
    settings.VENDORS = {"kie": {"api_key": "k"}}
    Circuit.objects.record_credits("kie", 12)
    Circuit.objects.record_success("kie")
    Counter.objects.add(event.EVENTS, "finished,kie")
    Counter.objects.add(event.FAILURES, "media,kie")
    a_video(delay_reason="down")
    a_pulse("work")
    numbers.measure_storage()
    client.get("/healthz")
    lines = exposition().decode().splitlines()
    return {NAME.match(line)[0] for line in lines if not line.startswith("#")}


@pytest.mark.parametrize("path", [DASHBOARD, ALERTS], ids=lambda path: path.name)
def test_each_metric_exists(samples, path):
    assert metrics_in(path)
    assert metrics_in(path) <= samples


def test_the_dashboard_shows_every_metric(samples):
    families = {re.sub("_(bucket|count|sum|created|total)$", "", name) for name in samples}
    shown = {re.sub("_(bucket|count|sum|total)$", "", name) for name in metrics_in(DASHBOARD)}
    assert families - shown == NOT_SHOWN


def test_each_panel_has_a_query_and_a_place_of_its_own():
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    places = {tuple(panel["gridPos"].values()) for panel in panels}
    assert len(places) == len(panels) == len({panel["id"] for panel in panels})
    assert all(target["expr"] for panel in panels for target in panel["targets"])


def test_each_alert_says_how_bad_it_is_and_what_happened():
    (group,) = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]:
        assert rule["expr"]
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"].endswith(".")
