from itertools import product

import pytest

from tests.pairwise import cover_pairs, pairs_of


def test_a_third_of_the_cases_has_all_pairs() -> None:
    cases = [dict(zip("abc", values, strict=True)) for values in product(range(3), repeat=3)]
    chosen = cover_pairs(cases)
    assert len(chosen) <= 12
    assert set().union(*(pairs_of(cases[index]) for index in chosen)) == set().union(
        *map(pairs_of, cases)
    )


@pytest.mark.parametrize("count", [0, 1])
def test_without_pairs_there_is_nothing_to_choose(count: int) -> None:
    assert cover_pairs([{"a": 0}] * count) == set()
