"""Choice of a few cases of a test with several parameters, in which each pair of values is met.

Faults of programs depend on one value or on two that meet, hardly ever on more (Kuhn, Wallace and
Gallo, IEEE Transactions on Software Engineering 30(6), 2004), so these cases find what all would.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import pytest

Pair = tuple[tuple[str, str], tuple[str, str]]


def pairs_of(case: Mapping[str, object]) -> set[Pair]:
    """Return the pairs of values of a case, which is its values by parameter."""
    return set(combinations(((name, repr(value)) for name, value in sorted(case.items())), 2))


def cover_pairs(cases: Sequence[Mapping[str, object]]) -> set[int]:
    """Return the indices of cases that have each pair of values that any case has.

    The next case is always the one with the most new pairs, the first of several.
    """
    pairs = [pairs_of(case) for case in cases]
    missing = set().union(*pairs)
    chosen: set[int] = set()
    while missing:
        best = max(range(len(cases)), key=lambda index: (len(pairs[index] & missing), -index))
        chosen.add(best)
        missing -= pairs[best]
    return chosen


def at_night(values: Iterable[object]) -> list[object]:
    """Return ``values`` as parameters whose cases only ``make nightly`` runs."""
    return [pytest.param(value, marks=pytest.mark.nightly) for value in values]


def leave_rest_to_nightly(items: Sequence[pytest.Item]) -> None:
    """Mark the cases of tests marked ``pairwise`` that CI does without as ``nightly``."""
    cases: defaultdict[str, list[pytest.Function]] = defaultdict(list)
    for item in items:
        if isinstance(item, pytest.Function) and item.get_closest_marker("pairwise"):
            cases[item.nodeid.split("[")[0]].append(item)
    for functions in cases.values():
        chosen = cover_pairs([function.callspec.params for function in functions])
        for index, function in enumerate(functions):
            if index not in chosen:
                function.add_marker(pytest.mark.nightly)
