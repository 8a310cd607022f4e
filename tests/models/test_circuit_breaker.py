"""The circuit breaker that all processes share."""

from datetime import timedelta

import pytest
from django.utils import timezone

from videos.models import Circuit
from videos.models.circuit_breaker import FAILURE_THRESHOLD, MAX_BACKOFF, MIN_BACKOFF

pytestmark = pytest.mark.django_db


def record_failures(times: int = FAILURE_THRESHOLD) -> Circuit:
    Circuit.objects.for_provider("kie")
    for _ in range(times):
        Circuit.objects.record_failure("kie", "no answer")
    return Circuit.objects.get(provider="kie")


def time_left(circuit: Circuit) -> timedelta:
    return circuit.open_until - timezone.now()


def test_no_request_is_blocked_before_the_first_one():
    assert Circuit.objects.blocked_until("kie") is None


def test_a_few_failures_open_nothing():
    assert not record_failures(FAILURE_THRESHOLD - 1).is_open
    assert Circuit.objects.blocked_until("kie") is None


def test_many_failures_open_it_for_a_while_and_more_for_longer():
    assert timedelta(0) < time_left(record_failures()) <= MIN_BACKOFF
    assert MIN_BACKOFF < time_left(record_failures(1)) <= 2 * MIN_BACKOFF
    assert time_left(record_failures(20)) <= MAX_BACKOFF


def test_a_success_in_between_starts_the_count_again():
    record_failures(FAILURE_THRESHOLD - 1)
    Circuit.objects.record_success("kie")
    assert not record_failures(FAILURE_THRESHOLD - 1).is_open


def test_one_caller_tries_when_the_backoff_is_over():
    record_failures()
    Circuit.objects.update(open_until=timezone.now())
    assert Circuit.objects.blocked_until("kie") is None
    waiting = Circuit.objects.blocked_until("kie")
    assert waiting is not None
    assert waiting > timezone.now()
    Circuit.objects.record_success("kie")
    assert Circuit.objects.blocked_until("kie") is None


def test_a_success_is_not_written_down_every_time(django_assert_num_queries):
    Circuit.objects.for_provider("kie")
    Circuit.objects.record_success("kie")
    before = Circuit.objects.get().answered_at
    Circuit.objects.record_success("kie")
    assert Circuit.objects.get().answered_at == before
