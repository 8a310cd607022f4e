"""Turns: so many within so many seconds."""

import pytest

from videos.models import Turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Give a clock that is moved by hand."""
    now = [1_000_000.0]
    monkeypatch.setattr("videos.models.rate_limit.time.time", lambda: now[0])
    return now


def test_no_window_holds_more_than_are_allowed(clock):
    taken = []
    for _ in range(400):
        clock[0] += 0.07
        if not Turn.objects.take("a", 3, 1):
            taken.append(clock[0])
    assert len(taken) > 60
    assert all(taken[i + 3] - taken[i] >= 1 for i in range(len(taken) - 3))


def test_who_is_refused_is_told_when_one_is_free(clock):
    assert [Turn.objects.take("a", 2, 10) for _ in range(3)] == [0, 0, 10]
    clock[0] += 6.5
    assert Turn.objects.take("a", 2, 10) == 4
    clock[0] += 3.5
    assert [Turn.objects.take("a", 2, 10) for _ in range(3)] == [0, 0, 10]


def test_names_do_not_disturb_each_other(clock):
    assert Turn.objects.take("a", 1, 10) == 0
    assert Turn.objects.take("b", 1, 10) == 0
    assert Turn.objects.take("a", 1, 10) > 0


def test_what_was_forgotten_counts_as_free_and_no_more(clock):
    for _ in range(3):
        Turn.objects.take("a", 3, 1000)
    clock[0] += 500
    Turn.objects.filter(number=0).update(taken_at=clock[0])
    Turn.objects.forget(400)
    assert Turn.objects.count() == 1
    assert [bool(Turn.objects.take("a", 3, 1000)) for _ in range(3)] == [False, False, True]


def test_a_turn_is_one_query(clock, django_assert_num_queries):
    Turn.objects.take("a", 3, 1)
    with django_assert_num_queries(1):
        Turn.objects.take("a", 3, 1)
