import pytest
from hypothesis import given
from hypothesis import strategies as st

from videos.render.splice.groups import groups_of


@pytest.mark.parametrize(
    ("frames", "fades", "expected"),
    [
        (700, (), [(0, 300, False), (300, 600, False), (600, 700, False)]),
        (
            700,
            (range(18), range(673, 700)),
            [(0, 15, True), (15, 18, True), (18, 318, False), (318, 618, False),
             (618, 673, False), (673, 688, True), (688, 700, True)],
        ),
        (312, (range(12),), [(0, 12, True), (12, 312, False)]),
        (8, (range(1), range(7, 8)), [(0, 1, True), (1, 7, False), (7, 8, True)]),
        (1, (range(0),), [(0, 1, False)]),
        (40, (range(40),), [(0, 15, True), (15, 30, True), (30, 40, True)]),
    ],
)  # fmt: skip
def test_groups_part_at_fades(
    frames: int, fades: tuple[range, ...], expected: list[tuple[int, int, bool]]
) -> None:
    groups = groups_of(frames, fades, 300)
    assert [(each.frames.start, each.frames.stop, each.is_whole) for each in groups] == expected
    assert [group.number for group in groups] == list(range(len(expected)))


@given(st.integers(1, 5000), st.integers(0, 500), st.integers(0, 500))
def test_every_frame_is_in_one_group(frames: int, fade_in: int, fade_out: int) -> None:
    fades = range(min(fade_in, frames)), range(max(0, frames - fade_out), frames)
    groups = groups_of(frames, fades, 300)
    assert [index for group in groups for index in group.frames] == list(range(frames))
    assert max(len(group.frames) for group in groups) <= 300
