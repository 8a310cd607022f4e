from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videos.render.encode.splice.bands import Band, cut_bands
from videos.render.layout import Rect


def make_rects(*spans: tuple[int, int]) -> list[Rect]:
    return [Rect(64, top, 100, bottom - top) for top, bottom in spans]


PARTS = st.lists(
    st.tuples(st.integers(0, 1070), st.integers(1, 400)).map(
        lambda span: (span[0], min(1080, span[0] + span[1]))
    )
)


@given(PARTS)
def test_bands_cover_the_picture_and_keep_away_from_what_moves(
    spans: list[tuple[int, int]],
) -> None:
    bands = cut_bands(make_rects(*spans), 1080)
    assert bands[0].top == 0
    assert bands[-1].bottom == 1080
    for above, below in pairwise(bands):
        assert above.bottom == below.top
        assert above.bottom % 16 == 0
        assert above.moves or below.moves
        for top, bottom in spans:
            assert bottom <= above.bottom - 16 or top >= above.bottom + 16


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], [(0, 720, False)]),
        ([(0, 720)], [(0, 720, True)]),
        ([(180, 464), (496, 624)], [(0, 144, False), (144, 480, True), (480, 656, True),
                                    (656, 720, False)]),
        ([(180, 465), (496, 624)], [(0, 144, False), (144, 656, True), (656, 720, False)]),
        ([(180, 448), (496, 624)], [(0, 144, False), (144, 480, True), (480, 656, True),
                                    (656, 720, False)]),
        ([(20, 700)], [(0, 720, True)]),
        ([(300, 310), (305, 400)], [(0, 256, False), (256, 432, True), (432, 720, False)]),
    ],
)  # fmt: skip
def test_cuts_lie_between_what_moves(
    spans: list[tuple[int, int]], expected: list[tuple[int, int, bool]]
) -> None:
    assert cut_bands(make_rects(*spans), 720) == expected


def test_a_band_knows_what_lies_in_it() -> None:
    band = Band(160, 480, True)
    assert band.overlaps(Rect(0, 0, 10, 161))
    assert band.overlaps(Rect(0, 479, 10, 300))
    assert not band.overlaps(Rect(0, 0, 10, 160))
    assert not band.overlaps(Rect(0, 480, 10, 10))
