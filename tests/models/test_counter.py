"""Counts that outlive processes."""

import pytest

from videos.models import Counter

pytestmark = pytest.mark.django_db


def test_amounts_add_up_by_name_and_label(django_assert_num_queries):
    Counter.objects.add("events", "ordered,kie")
    with django_assert_num_queries(1):
        Counter.objects.add("events", "ordered,kie", 2)
    Counter.objects.add("events", "ordered,builtin")
    Counter.objects.add("render_seconds_sum", amount=0.5)
    assert Counter.objects.values_of("events") == {"ordered,kie": 3, "ordered,builtin": 1}
    assert Counter.objects.values_of("render_seconds_sum") == {"": 0.5}


def test_two_that_create_it_at_the_same_moment_are_both_counted(monkeypatch):
    queryset = type(Counter.objects.all())
    update = queryset.update
    results = iter([0])  # the first UPDATE comes before the other process creates the row
    Counter.objects.add("events", "ordered,kie")

    def late_update(*args, **kwargs):
        return update(*args, **kwargs) if next(results, 1) else 0

    monkeypatch.setattr(queryset, "update", late_update)
    Counter.objects.add("events", "ordered,kie")
    assert Counter.objects.values_of("events") == {"ordered,kie": 2}
