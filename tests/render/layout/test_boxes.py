"""The boxes of layouts, and how they scale."""

from videos.render.layout.boxes import BarsBox, LyricsBox, Rect, get_clock_width


def test_a_rectangle_has_edges_and_a_centre():
    area = Rect(10, 20, 30, 40)
    assert (area.right, area.bottom, area.centre) == (40, 60, (25, 40))
    assert area.expand(5) == Rect(5, 15, 40, 50)


def test_a_box_scales_with_its_rectangles_to_even_corners_and_shares_stay():
    box = LyricsBox(Rect(10, 20, 30, 41), font_size=33, anchor="l", current_line_at=0.4)
    scaled = box.scale(1.5)
    assert scaled == LyricsBox(Rect(16, 30, 44, 62), 50, "l", 0.4)
    assert all(number % 2 == 0 for number in scaled.area)
    assert box.scale(1) == LyricsBox(Rect(10, 20, 30, 40), 33, "l", 0.4)


def test_bars_stand_one_beside_the_other():
    assert BarsBox(Rect(0, 0, 1152, 136), max_height=112, pitch=16).count == 72


def test_a_clock_has_room_for_hours():
    assert get_clock_width(18) == 92
    assert get_clock_width(18) % 4 == 0
