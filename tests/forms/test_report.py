"""The forms of reports."""

import pytest

from videos.forms.report import AnswerForm, ReportForm


@pytest.mark.parametrize("data", [{}, {"reason": "x"}, {"reason": "spam", "note": "x" * 1001}])
def test_a_report_has_a_reason_of_ours_and_a_short_note(data):
    assert not ReportForm(data).is_valid()


def test_programs_fill_in_what_people_do_not_see():
    for homepage in ("", "https://spam.example"):
        form = ReportForm({"reason": "spam", "homepage": homepage})
        assert form.is_valid()
        assert form.is_from_program == bool(homepage)


def test_an_answer_is_neither_empty_nor_endless():
    assert AnswerForm({"answer": "It is mine."}).is_valid()
    assert not AnswerForm({"answer": "  "}).is_valid()
    assert not AnswerForm({"answer": "x" * 1001}).is_valid()
