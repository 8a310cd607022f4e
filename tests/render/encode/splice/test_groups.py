import pytest
from hypothesis import given
from hypothesis import strategies as st

from videos.render.encode.splice.groups import cut_groups, split_into_groups


@pytest.mark.parametrize(
    ("frames", "fades", "expected"),
    [
        (700, (), [(0, 234, False), (234, 468, False), (468, 700, False)]),
        (
            700,
            (range(18), range(673, 700)),
            [(0, 18, True), (18, 237, False), (237, 456, False), (456, 673, False),
             (673, 687, True), (687, 700, True)],
        ),
        (318, (range(18),), [(0, 18, True), (18, 318, False)]),
        (8, (range(1), range(7, 8)), [(0, 1, True), (1, 7, False), (7, 8, True)]),
        (1, (range(0),), [(0, 1, False)]),
        (40, (range(40),), [(0, 14, True), (14, 28, True), (28, 40, True)]),
    ],
)  # fmt: skip
def test_groups_part_at_fades(
    frames: int, fades: tuple[range, ...], expected: list[tuple[int, int, bool]]
) -> None:
    groups = split_into_groups(frames, fades, 300)
    assert [(each.frames.start, each.frames.stop, each.is_fade) for each in groups] == expected
    assert [group.number for group in groups] == list(range(len(expected)))


@given(st.integers(1, 5000), st.integers(0, 500), st.integers(0, 500))
def test_every_frame_is_in_one_group(frames: int, fade_in: int, fade_out: int) -> None:
    fades = range(min(fade_in, frames)), range(max(0, frames - fade_out), frames)
    groups = split_into_groups(frames, fades, 300)
    assert [index for group in groups for index in group.frames] == list(range(frames))
    assert max(len(group.frames) for group in groups) <= 300


def test_a_part_of_a_film_has_parts_of_its_groups() -> None:
    groups = split_into_groups(700, (range(18), range(673, 700)), 300)
    part = cut_groups(groups, range(10, 300))
    assert [(each.frames.start, each.frames.stop, each.is_fade) for each in part] == [
        (10, 18, True), (18, 237, False), (237, 300, False),
    ]  # fmt: skip
    assert [each.number for each in part] == [0, 1, 2]
    assert cut_groups(groups, range(700, 800)) == []


@pytest.mark.parametrize("processes", [5, 8, 16])
def test_many_processes_get_as_many_groups_each(processes: int) -> None:
    groups = split_into_groups(5400, (range(12), range(5382, 5400)), 300, processes)
    others = [group for group in groups if not group.is_fade]
    assert len(others) % processes == 0
    assert max(len(group.frames) for group in others) <= 300
    lengths = [len(group.frames) for group in others[:-1]]
    assert max(lengths) == min(lengths)


def test_few_processes_make_the_same_film_and_no_group_is_tiny() -> None:
    usual = split_into_groups(5400, (), 300)
    assert split_into_groups(5400, (), 300, 2) == split_into_groups(5400, (), 300, 4) == usual
    clip = split_into_groups(450, (), 300, 16)
    assert [len(group.frames) for group in clip] == [65, 65, 65, 65, 65, 65, 60]


@pytest.mark.parametrize(
    ("period", "max_frames", "expected"),
    [
        (40, 100, [(10, 90), (90, 170), (170, 190)]),  # two periods in a group
        (60, 30, [(10, 40), (40, 70), (70, 100), (100, 130), (130, 160), (160, 190)]),
        (90, 60, [(10, 55), (55, 100), (100, 145), (145, 190)]),
        (500, 200, [(10, 177), (177, 190)]),
    ],
)
def test_where_a_part_repeats_so_do_the_groups(
    period: int, max_frames: int, expected: list[tuple[int, int]]
) -> None:
    groups = split_into_groups(200, (range(10), range(190, 200)), max_frames, period=period)
    bright = [(group.frames.start, group.frames.stop) for group in groups if not group.is_fade]
    assert bright == expected
