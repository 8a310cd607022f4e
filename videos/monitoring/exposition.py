"""What ``/metrics`` answers: the portal's numbers from the database, and those of requests."""

from collections.abc import Iterable, Iterator, Sequence

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from videos import VERSION, clock
from videos.models import Counter, ScheduledTask, event
from videos.models.circuit_breaker import Circuit
from videos.monitoring import numbers, requests
from videos.monitoring.numbers import Waiting
from videos.queue import BEAT, DELIVER, RENDER, WORK

QUEUES = (WORK, RENDER, DELIVER, BEAT)
Samples = Iterable[tuple[Sequence[str], float]]


def exposition() -> bytes:
    """Return all metrics in the text format of Prometheus; reads the database."""
    registry = CollectorRegistry()
    registry.register(DatabaseCollector())
    return generate_latest(registry) + requests.exposition()


class DatabaseCollector(Collector):
    """The numbers of the installation, the same whichever machine is scraped."""

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics; each group is one query."""
        yield InfoMetricFamily("suno_portal", "This installation.", {"version": VERSION})
        yield from _pending()
        backlog = numbers.backlog()
        yield from _waiting("videos_overdue", "Videos that no worker claims", backlog.overdue)
        yield from _waiting("deliveries_waiting", "Webhooks to deliver", backlog.deliveries)
        yield from _waiting("mails_waiting", "Mails to send", backlog.mails)
        yield from _waiting("reviews_open", "Reported videos to decide", backlog.reviews)
        text = "Films that only a vendor has and deletes within a week."
        yield _gauge("videos_expiring", text, (), [((), backlog.expiring.count)])
        yield from _workers()
        yield from _providers(numbers.circuits())
        yield from _bytes()
        yield from _counters()
        text = "Seconds from the claim to the film, of films that are rendered here."
        yield _histogram(event.SECONDS, text, event.RENDER_SECONDS)
        text = "Seconds of a film for each second of rendering it."
        yield _histogram(event.SPEED, text, event.RENDER_SPEEDS)


def _pending() -> Iterator[Metric]:
    groups = numbers.pending_groups()
    by_stage: dict[tuple[str, str], int] = {}
    delayed: dict[tuple[str, str], int] = {}
    oldest: dict[str, float] = {}
    now = clock.now()
    for each in groups:
        stage = (each.provider, each.stage)
        by_stage[stage] = by_stage.get(stage, 0) + each.count
        if each.delay_reason:
            reason = (each.provider, each.delay_reason)
            delayed[reason] = delayed.get(reason, 0) + each.count
        age = (now - each.oldest).total_seconds()
        oldest[each.provider] = max(age, oldest.get(each.provider, 0))
    labels = ("provider", "stage")
    yield _gauge("videos_pending", "Videos in the making.", labels, by_stage.items())
    text = "Videos in the making that wait for something to get well."
    yield _gauge("videos_delayed", text, ("provider", "reason"), delayed.items())
    text = "Videos in the making that a worker was lost with."
    yield _gauge("videos_crashed", text, (), [((), sum(each.crashed for each in groups))])
    text = "Seconds since the oldest video in the making was ordered."
    ages = [((provider,), age) for provider, age in oldest.items()]
    yield _gauge("videos_pending_oldest_seconds", text, ("provider",), ages)


def _waiting(name: str, text: str, waiting: Waiting) -> Iterator[Metric]:
    oldest = waiting.oldest
    age = (clock.now() - oldest).total_seconds() if oldest else 0
    yield _gauge(name, f"{text}.", (), [((), waiting.count)])
    yield _gauge(f"{name}_oldest_seconds", f"{text}: since when.", (), [((), age)])


def _workers() -> Iterator[Metric]:
    tick = ScheduledTask.objects.last_tick()
    age = (clock.now() - tick.finished_at).total_seconds() if tick and tick.finished_at else 0
    text = "Seconds since a tick of beat reached a worker; they come every two seconds."
    yield _gauge("tick_age_seconds", text, (), [((), age)])
    failed = ScheduledTask.objects.filter(failed=True).count()
    yield _gauge("chores_failed", "Chores whose last run failed.", (), [((), failed)])
    pulses = numbers.workers()
    counts = numbers.workers_by_queue(pulses)
    alive = [((queue,), counts[queue]) for queue in QUEUES]
    yield _gauge("workers", "Workers that live.", ("queue",), alive)
    offsets = [abs(pulse.clock_offset or 0) for pulse in pulses]
    text = "Seconds between the clock of the database and that of the worker furthest from it."
    yield _gauge("clock_offset_seconds", text, (), [((), max(offsets, default=0))])


def _providers(circuits: list[Circuit]) -> Iterator[Metric]:
    up = [((each.provider,), not each.is_open) for each in circuits]
    yield _gauge("provider_up", "Whether requests are sent to the vendor.", ("provider",), up)
    text = "Credits of our account, as they were read last."
    rest = [((each.provider,), each.credits) for each in circuits if each.credits is not None]
    yield _gauge("provider_credits", text, ("provider",), rest)
    text = "When the vendor answered last."
    seen = [
        ((each.provider,), each.answered_at.timestamp()) for each in circuits if each.answered_at
    ]
    yield _gauge("provider_answer_timestamp_seconds", text, ("provider",), seen)


def _bytes() -> Iterator[Metric]:
    disk, storage = numbers.disk(), numbers.stored()
    yield _gauge("disk_bytes", "Size of the file system of DATA_DIR.", (), [((), disk.total)])
    yield _gauge("disk_free_bytes", "Room in it.", (), [((), disk.free)])
    sizes = [((), storage.total)] if storage else []
    yield _gauge("stored_bytes", "Songs and films of all people.", (), sizes)


def _counters() -> Iterator[Metric]:
    for name, label in ((event.EVENTS, "event"), (event.FAILURES, "failure")):
        family = CounterMetricFamily(
            f"suno_portal_{name}", f"What happened to videos: {name}.", labels=(label, "provider")
        )
        for labels, value in sorted(Counter.objects.values_of(name).items()):
            family.add_metric(labels.split(","), value)
        yield family


def _histogram(name: str, text: str, bounds: Sequence[float]) -> Metric:
    counts = Counter.objects.values_of(name)
    total = Counter.objects.values_of(f"{name}_sum").get("", 0)
    family = HistogramMetricFamily(f"suno_portal_{name}", text)
    buckets, sum_ = [], 0.0
    for bound in (*(f"{each:g}" for each in bounds), "+Inf"):
        sum_ += counts.get(bound, 0)
        buckets.append((bound, sum_))
    family.add_metric((), buckets, total)
    return family


def _gauge(name: str, text: str, labels: Sequence[str], samples: Samples) -> Metric:
    family = GaugeMetricFamily(f"suno_portal_{name}", text, labels=labels)
    for values, value in samples:
        family.add_metric(values, value)
    return family
