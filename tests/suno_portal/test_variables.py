"""The declarations of the environment variables."""

import pytest

from suno_portal.variables import GROUPS, Kind
from videos.vendors import VENDORS

VARIABLES = [variable for group in GROUPS for variable in group.variables]


def test_each_is_declared_once():
    names = [variable.name for variable in VARIABLES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_each_says_what_it_is_and_its_default_fits(variable):
    assert variable.description
    assert variable.name == variable.name.upper()
    if variable.kind is Kind.CHOICE:
        assert variable.default in variable.choices
    if variable.kind in {Kind.INTEGER, Kind.NUMBER} and variable.default:
        assert variable.minimum <= float(variable.default) <= variable.maximum


def test_each_vendor_has_its_key_and_its_address():
    names = {variable.name for variable in VARIABLES}
    for facts in VENDORS.values():
        assert {facts.variables["api_key"], facts.variables["base_url"]} <= names
