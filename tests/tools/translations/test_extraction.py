"""Which texts are found in Python and in templates."""

from tools.translations.extraction import Message, extract, of_python, of_template


def test_calls_in_python_are_found_by_their_own_names_and_by_those_of_the_import():
    source = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
A = _("one " "text")
B = gettext_lazy("Two")
C = ngettext("%(n)d film", "%(n)d films", 3)
D = pgettext("a verb", "Set")
E = _(f"no {A}")
F = print("Nothing")
"""
    assert [message for _line, message in of_python(source)] == [
        Message("one text"),
        Message("Two"),
        Message("%(n)d film", "%(n)d films"),
        Message("Set", context="a verb"),
    ]


def test_tags_in_templates_are_found_with_their_variables_and_plurals():
    source = """{% load i18n %}
{% translate 'Say "yes" (or no)' %} {% translate 'Copy' as text %}
{% blocktranslate trimmed with name=user.name %}
  Hello
  {{ name }}
{% endblocktranslate %}
{% blocktranslate count n=many %}{{ n }} song{% plural %}{{ n }} songs{% endblocktranslate %}
<p title="{% translate 'A title' %}">Not marked</p>"""
    assert [message for _line, message in of_template(source)] == [
        Message('Say "yes" (or no)'),
        Message("Copy"),
        Message("Hello %(name)s"),
        Message("%(n)s song", "%(n)s songs"),
        Message("A title"),
    ]


def test_a_text_is_listed_once_with_all_its_places(tmp_path):
    for folder in ("videos", "suno_portal", "templates"):
        (tmp_path / folder).mkdir()
    (tmp_path / "videos" / "a.py").write_text('gettext("Film")\ngettext("%(n)d x")\n')
    (tmp_path / "videos" / "b.py").write_text('ngettext("%(n)d x", "%(n)d xs", 2)\n')
    (tmp_path / "templates" / "a.html").write_text('{% load i18n %}\n{% translate "Film" %}')
    assert extract(tmp_path) == {
        Message("Film"): ["videos/a.py:1", "templates/a.html:2"],
        Message("%(n)d x", "%(n)d xs"): ["videos/b.py:1"],
    }
