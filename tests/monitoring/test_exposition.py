"""What Prometheus reads."""

from datetime import timedelta

import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from tests.factories import a_pulse, a_video
from videos.models import Circuit, Counter, event
from videos.monitoring import numbers
from videos.monitoring.exposition import exposition

pytestmark = pytest.mark.django_db
MAX_QUERIES = 20


def read():
    """Return the value of each sample by its name and its labels."""
    families = text_string_to_metric_families(exposition().decode())
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_the_numbers_of_the_database_are_told(settings):
    settings.VENDORS = {"kie": {"api_key": "k"}}
    Circuit.objects.record_credits("kie", 12)
    a_pulse("deliver,work")
    a_video(queued_at=timezone.now() - timedelta(hours=1))
    a_video(provider="kie", delay_reason="down", stage="waiting")
    numbers.measure_storage()
    samples = read()
    assert samples["suno_portal_videos_pending", "builtin", "queued"] == 1
    assert samples["suno_portal_videos_delayed", "down", "kie"] == 1
    assert samples["suno_portal_videos_pending_oldest_seconds", "builtin"] >= 3600
    assert samples["suno_portal_workers", "work"] == 1
    assert samples["suno_portal_workers", "render"] == 0
    assert samples["suno_portal_provider_up", "kie"] == 1
    assert samples["suno_portal_provider_credits", "kie"] == 12
    assert samples["suno_portal_stored_bytes",] == 0
    assert samples["suno_portal_disk_free_bytes",] > 0


def test_counts_of_all_processes_are_told():
    Counter.objects.add(event.EVENTS, "finished,kie", 3)
    Counter.objects.add(event.FAILURES, "media,builtin")
    for seconds in ("10", "10", "+Inf"):
        Counter.objects.add(event.SECONDS, seconds)
    Counter.objects.add(f"{event.SECONDS}_sum", amount=4018)
    samples = read()
    assert samples["suno_portal_events_total", "finished", "kie"] == 3
    assert samples["suno_portal_failures_total", "builtin", "media"] == 1
    assert samples["suno_portal_render_seconds_bucket", "5"] == 0
    assert samples["suno_portal_render_seconds_bucket", "1800"] == 2
    assert samples["suno_portal_render_seconds_count",] == 3
    assert samples["suno_portal_render_seconds_sum",] == 4018


def test_the_queries_do_not_grow_with_the_rows(django_assert_max_num_queries):
    for number in range(5):
        a_video(provider="kie", stage="waiting", crashed_claims=number)
    with django_assert_max_num_queries(MAX_QUERIES):
        exposition()
