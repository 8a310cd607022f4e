"""Compiled catalogues, as Python's gettext reads them."""

import gettext
from io import BytesIO

from tools.translations.extraction import Message
from tools.translations.mo_files import compile_mo

HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n!=1;\n"


def test_gettext_reads_texts_plurals_and_contexts():
    data = compile_mo(
        {
            Message("Film"): ("Ролик",),
            Message("%d film", "%d films"): ("%d ролик", "%d ролика"),
            Message("Film", context="to film"): ("Снимать",),
        },
        HEADER,
    )
    catalogue = gettext.GNUTranslations(BytesIO(data))
    assert catalogue.gettext("Film") == "Ролик"
    assert catalogue.pgettext("to film", "Film") == "Снимать"
    assert [catalogue.ngettext("%d film", "%d films", n) for n in (1, 2)] == [
        "%d ролик",
        "%d ролика",
    ]


def test_the_order_of_the_texts_changes_nothing():
    rows = [(Message("A"), ("а",)), (Message("B"), ("б",))]
    assert compile_mo(dict(rows), HEADER) == compile_mo(dict(rows[::-1]), HEADER)
