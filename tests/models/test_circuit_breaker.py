"""The circuit breaker that all processes share."""

from datetime import timedelta

import pytest
from django.utils import timezone

from videos.models import Circuit
from videos.models.circuit_breaker import FIRST_PAUSE, LONGEST_PAUSE, MOST_FAILURES

pytestmark = pytest.mark.django_db


def break_it(times: int = MOST_FAILURES) -> Circuit:
    Circuit.objects.of("kie")
    for _ in range(times):
        Circuit.objects.broke("kie", "no answer")
    return Circuit.objects.get(provider="kie")


def pause(circuit: Circuit) -> timedelta:
    return circuit.open_until - timezone.now()


def test_a_vendor_that_nobody_asked_may_be_asked():
    assert Circuit.objects.closed_until("kie") is None


def test_a_few_failures_open_nothing():
    assert not break_it(MOST_FAILURES - 1).is_open
    assert Circuit.objects.closed_until("kie") is None


def test_many_failures_open_it_for_a_while_and_more_for_longer():
    assert timedelta(0) < pause(break_it()) <= FIRST_PAUSE
    assert FIRST_PAUSE < pause(break_it(1)) <= 2 * FIRST_PAUSE
    assert pause(break_it(20)) <= LONGEST_PAUSE


def test_a_success_in_between_starts_the_count_again():
    break_it(MOST_FAILURES - 1)
    Circuit.objects.worked("kie")
    assert not break_it(MOST_FAILURES - 1).is_open


def test_one_caller_tries_when_the_pause_is_over():
    break_it()
    Circuit.objects.update(open_until=timezone.now())
    assert Circuit.objects.closed_until("kie") is None
    waiting = Circuit.objects.closed_until("kie")
    assert waiting is not None
    assert waiting > timezone.now()
    Circuit.objects.worked("kie")
    assert Circuit.objects.closed_until("kie") is None


def test_a_success_is_not_written_down_every_time(django_assert_num_queries):
    Circuit.objects.of("kie")
    Circuit.objects.worked("kie")
    before = Circuit.objects.get().answered_at
    Circuit.objects.worked("kie")
    assert Circuit.objects.get().answered_at == before
