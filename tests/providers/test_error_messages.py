"""The sentences that a creator reads when a vendor fails."""

import pytest

from videos.providers import errors
from videos.providers.error_messages import sentence_for


def kinds(base: type[errors.VendorError]) -> list[type[errors.VendorError]]:
    return [each for kind in base.__subclasses__() for each in (kind, *kinds(kind))]


@pytest.mark.parametrize("kind", kinds(errors.VendorError))
def test_each_error_has_a_sentence_that_names_the_vendor(kind):
    sentence = sentence_for(kind, "kie.ai")
    assert "kie.ai" in sentence
    assert sentence.endswith(".")


def test_a_vendors_words_are_added_where_they_help():
    assert sentence_for(errors.Invalid, "kie.ai", "No lyrics.") == (
        "kie.ai does not accept this order. It says: No lyrics."
    )
    assert "No lyrics." not in sentence_for(errors.AuthenticationError, "kie.ai", "No lyrics.")
