import pytest

from benchmarks.contest import Result, Run, format_table, run_in_turn
from benchmarks.quality import Quality


def test_ways_take_turns() -> None:
    order: list[str] = []
    results = {name: Result(name, 10) for name in "ab"}

    def run(name: str) -> Run:
        order.append(name)
        return Run(len(order), 0)

    run_in_turn({name: lambda name=name: run(name) for name in "ab"}, results, 3)
    assert order == ["a", "b", "a", "b", "a", "b"]
    assert [run.seconds for run in results["a"].runs] == [1, 3, 5]


def test_the_median_run_counts() -> None:
    assert Result("a", 60, runs=[Run(2, 9), Run(100, 5), Run(3, 4)]).speed == 20
    assert Result("a", 30, runs=[Run(2, 9), Run(100, 5), Run(3, 4)]).cost == 10


@pytest.mark.parametrize(
    ("quality", "shown"),
    [
        (Quality("VMAF", 96.04, 93.26), "VMAF 96.0, 93.3"),
        (Quality("SSIM", 0.98, 0.9), "SSIM 0.980, 0.900"),
    ],
)
def test_the_table_has_a_line_for_each_way(quality: Quality, shown: str) -> None:
    floor = Result("floor", 60, runs=[Run(3, 5)])
    ours = Result("ours", 60, "floor", [Run(2, 3)], 123_400_000, 7_060_000, quality)
    *_, line, last = format_table(each.row({"floor": floor}) for each in (ours, floor)).splitlines()
    assert line == f"| ours | 30.0 | 1.5 | 3.0 | 123 | 7.1 | {shown} |"
    assert last == "| floor | 20.0 | – | 5.0 | – | – | – |"
