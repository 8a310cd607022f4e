"""How natural a text is, by its letters and signs."""

import pytest

from videos.render.encodings.plausibility import IMPOSSIBLE, text_cost


@pytest.mark.parametrize(
    ("natural", "unnatural"),
    [
        ("Don’t stop", "Don\x92t stop"),  # a control character
        ("yö päättyy", "yц pддttyy"),  # Cyrillic letters within Latin words
        ("“Come home,” she said", "„Come home,‚ she said"),
        ("sous la pluie d'été", "sous la pluie d'йtй"),
        ("Ночь над городом", "ÐÎ÷Ü ÎÀÄ ÇÎÐÎÄÎÌ"),
        ("Über den Wolken", "ьber den Wolken"),
        ("«la nuit»", "«la nuit«"),
        ("ночной город", "нОчНоЙ гОрОд"),
    ],
)
def test_what_people_write_costs_less(natural, unnatural):
    assert text_cost([natural]) < text_cost([unnatural])


@pytest.mark.parametrize("char", ["\x81", "\x9d", "\ufffd", "\ue000", "\U000e0fff"])
def test_nobody_writes_control_characters(char):
    assert text_cost([f"la{char} la"]) == IMPOSSIBLE


def test_signs_of_ascii_are_free():
    assert text_cost(["", "!?,.() 123 -"]) == 0
