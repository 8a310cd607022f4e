"""The tag around a part of a page that is rendered once."""

from django.template import Context, Template

PAGE = Template("{% load parts %}<{% part middle %}{{ name }}{% endpart %}>{{ name }}")


def test_a_part_is_rendered_once():
    parts = {}
    assert (
        PAGE.render(Context({"parts": parts, "name": "Ann & Ben"}))
        == "<Ann &amp; Ben>Ann &amp; Ben"
    )
    assert PAGE.render(Context({"parts": parts, "name": "Eve"})) == "<Ann &amp; Ben>Eve"
    assert PAGE.render(Context({"parts": {}, "name": "Eve"})) == "<Eve>Eve"
