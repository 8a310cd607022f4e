"""The table of vendors."""

from videos.providers.registry import available, vendor, vendors


def test_only_vendors_with_a_key_are_offered(settings):
    settings.VENDORS = {
        "kie": {"api_key": "k", "base_url": "https://api.kie.ai", "callback_key": ""},
        "crun": {"api_key": "", "base_url": "https://api.crun.ai"},
    }
    assert [each.key for each in vendors()] == ["kie"]
    assert [each.key for each in available()] == ["kie", "builtin"]
    assert vendor("crun") is None
    assert vendor("../etc") is None
