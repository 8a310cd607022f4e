"""Rate limits: so many requests within so many seconds."""

import pytest

from videos.models import RateLimitSlot

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Return a clock that the test moves."""
    now = [1_000_000.0]
    monkeypatch.setattr("videos.clock.timestamp", lambda: now[0])
    return now


def test_no_window_holds_more_than_are_allowed(clock):
    times = []
    for _ in range(400):
        clock[0] += 0.07
        if not RateLimitSlot.objects.acquire("a", 3, 1):
            times.append(clock[0])
    assert len(times) > 60
    assert all(times[i + 3] - times[i] >= 1 for i in range(len(times) - 3))


def test_a_refused_caller_learns_when_a_slot_is_free(clock):
    assert [RateLimitSlot.objects.acquire("a", 2, 10) for _ in range(3)] == [0, 0, 10]
    clock[0] += 6.5
    assert RateLimitSlot.objects.acquire("a", 2, 10) == 4
    clock[0] += 3.5
    assert [RateLimitSlot.objects.acquire("a", 2, 10) for _ in range(3)] == [0, 0, 10]


def test_names_do_not_disturb_each_other(clock):
    assert RateLimitSlot.objects.acquire("a", 1, 10) == 0
    assert RateLimitSlot.objects.acquire("b", 1, 10) == 0
    assert RateLimitSlot.objects.acquire("a", 1, 10) > 0


def test_a_deleted_slot_counts_as_free_and_no_more(clock):
    for _ in range(3):
        RateLimitSlot.objects.acquire("a", 3, 1000)
    clock[0] += 500
    RateLimitSlot.objects.filter(number=0).update(taken_at=clock[0])
    RateLimitSlot.objects.unused(400).delete()
    assert RateLimitSlot.objects.count() == 1
    assert [bool(RateLimitSlot.objects.acquire("a", 3, 1000)) for _ in range(3)] == [
        False,
        False,
        True,
    ]


def test_acquiring_a_slot_is_one_query(clock, django_assert_num_queries):
    RateLimitSlot.objects.acquire("a", 3, 1)
    with django_assert_num_queries(1):
        RateLimitSlot.objects.acquire("a", 3, 1)
