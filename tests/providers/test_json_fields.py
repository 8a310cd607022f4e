"""Single fields of the vendors' JSON."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given

from tests.providers.vendor_json import quick, values
from videos.providers import json_fields


@quick
@given(value=values)
def test_single_values_are_read_soundly(value):
    time = json_fields.parse_time(value)
    assert time is None or 2000 <= time.year < 2100
    address = json_fields.url(value)
    assert not address or address.startswith(("http://", "https://"))
    assert "\0" not in json_fields.text(value)
    json_fields.text(value).encode()
    assert "\n" not in json_fields.single_line(value)
    stored = json.dumps(json_fields.storable(value), allow_nan=False)
    assert "\\u0000" not in stored
    assert '"callbackUrl"' not in stored


@pytest.mark.parametrize(
    "value",
    [
        1_750_000_000_000,
        1_750_000_000,
        "1750000000000",
        "1750000000",
        "2025-06-15 15:06:40",
        "2025-06-15T15:06:40Z",
        "2025-06-15T18:06:40+03:00",
    ],
)
def test_every_form_of_a_time_is_read(value):
    assert json_fields.parse_time(value) == datetime(2025, 6, 15, 15, 6, 40, tzinfo=UTC)


@pytest.mark.parametrize("value", ["", None, "soon", "0000-00-00 00:00:00", 0, -1, 1e30, True, []])
def test_what_is_no_time_is_none(value):
    assert json_fields.parse_time(value) is None
