from itertools import product

import pytest

from tests.pairwise import at_night, cover, meetings, one_in

CASES = [dict(zip("abc", values, strict=True)) for values in product(range(3), repeat=3)]


@pytest.mark.parametrize(("count", "most"), [(1, 3), (2, 12)])
def test_few_of_the_cases_have_all_values_and_pairs(count: int, most: int) -> None:
    chosen = cover(CASES, count)
    assert len(chosen) <= most
    assert set().union(*(meetings(CASES[index], count) for index in chosen)) == set().union(
        *(meetings(case, count) for case in CASES)
    )


@pytest.mark.parametrize("count", [0, 1])
def test_without_pairs_there_is_nothing_to_choose(count: int) -> None:
    assert cover([{"a": 0}] * count) == set()


def test_one_value_in_so_many_is_left_to_ci() -> None:
    assert one_in(3, "abcd") == ["a", *at_night("bc"), "d"]
