"""What may differ in a film that is made once more."""

import pytest
from django.http import QueryDict

from videos.forms.remake import RemakeForm


def test_only_what_differs_is_passed_on():
    form = RemakeForm(QueryDict("format=1:1&look=&takes_address=1"))
    assert form.is_valid()
    assert form.changes == {"format": "1:1"}
    assert form.cleaned_data["takes_address"]


@pytest.mark.parametrize("query", ["format=4:3", "look=nothing"])
def test_what_no_film_can_be_is_refused(query):
    assert not RemakeForm(QueryDict(query)).is_valid()
