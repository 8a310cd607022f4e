"""Choice of a few cases of a test with several parameters, in which each pair of values is met.

Faults of programs depend on one value or on two that meet, hardly ever on more (Kuhn, Wallace and
Gallo, IEEE Transactions on Software Engineering 30(6), 2004), so these cases find what all would.
Of tests that take long, those cases are chosen that have each value.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import pytest

Values = tuple[tuple[str, str], ...]  # of one parameter or of two: its name and its value

# How many values have to meet in one of the cases, by the mark of a test
MARKS = {"each_value": 1, "pairwise": 2}


def meetings(case: Mapping[str, object], count: int = 2) -> set[Values]:
    """Return what meets in a case, which is its values by parameter: ``count`` of them each."""
    return set(combinations(((name, repr(value)) for name, value in sorted(case.items())), count))


def cover(cases: Sequence[Mapping[str, object]], count: int = 2) -> set[int]:
    """Return the indices of cases in which all meet that meet in any case, ``count`` at a time.

    The next case is always the one with the most that is new, the first of several.
    """
    met = [meetings(case, count) for case in cases]
    missing = set().union(*met)
    chosen: set[int] = set()
    while missing:
        best = max(range(len(cases)), key=lambda index: (len(met[index] & missing), -index))
        chosen.add(best)
        missing -= met[best]
    return chosen


def at_night(values: Iterable[object]) -> list[object]:
    """Return ``values`` as parameters whose cases only ``make nightly`` runs."""
    return [pytest.param(value, marks=pytest.mark.nightly) for value in values]


def one_in(count: int, values: Iterable[object]) -> list[object]:
    """Return ``values`` as parameters: the first of each ``count``, and the others at night."""
    values = list(values)
    return [
        at_night(values)[index] if index % count else value for index, value in enumerate(values)
    ]


def leave_rest_to_nightly(items: Sequence[pytest.Item]) -> None:
    """Mark the cases that CI does without, of tests with one of the ``MARKS``, as ``nightly``."""
    cases: defaultdict[tuple[str, int], list[pytest.Function]] = defaultdict(list)
    for item in items:
        if not isinstance(item, pytest.Function) or item.get_closest_marker("nightly"):
            continue  # what runs at night only does not stand for others
        for mark, count in MARKS.items():
            if item.get_closest_marker(mark):
                cases[item.nodeid.split("[")[0], count].append(item)
    for (_test, count), functions in cases.items():
        chosen = cover([function.callspec.params for function in functions], count)
        for index, function in enumerate(functions):
            if index not in chosen:
                function.add_marker(pytest.mark.nightly)
