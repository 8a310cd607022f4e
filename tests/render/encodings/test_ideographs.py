"""How natural Chinese, Japanese and Korean text is."""

import pytest

from videos.render.encodings.ideographs import ideographs_cost


@pytest.mark.parametrize(
    ("text", "encoding", "mistaken"),
    [
        ("夜の街を歩く", "shift_jis", "gb18030"),
        ("我想你的时候", "gb18030", "big5"),
        ("我想你的時候", "big5", "gb18030"),
        ("사랑하는 그대", "euc-kr", "gb18030"),
        ("夜の街を歩く", "euc-jp", "gb18030"),
    ],
)
def test_the_right_reading_costs_least(text, encoding, mistaken):
    misread = text.encode(encoding).decode(mistaken, "ignore")
    each = ideographs_cost(text.replace(" ", "")) / len(text)
    assert each < ideographs_cost(misread) / max(1, len(misread))


def test_no_text_costs_nothing():
    assert ideographs_cost("") == 0
