"""What a child process answers, also one that is in other hands."""

import pytest

from videos.render.sandbox.answers import decode_answer, encode_answer


def test_fields_and_a_file_arrive_as_they_were_sent():
    fields = {"title": "歌\n", "seconds": 1.5, "none": None}
    assert decode_answer(encode_answer(fields, b"\n{}\0\xff")) == (fields, b"\n{}\0\xff")
    assert decode_answer(encode_answer({})) == ({}, b"")


@pytest.mark.parametrize("answer", [b"", b"odd", b"[1]\n", b"\xff\xfe", b"[" * 100_000])
def test_anything_else_is_an_error(answer):
    with pytest.raises(ValueError):  # noqa: PT011 - json has its own messages
        decode_answer(answer)
