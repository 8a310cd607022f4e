"""The pairs of letters, which are counted in installed translations."""

import json

from tools.letter_pairs.__main__ import main
from videos.render.encodings.letter_pairs import MODELS, languages_of, word_cost


def test_they_are_counted_anew(tmp_path):
    target = tmp_path / "letter_pairs.json"
    main(target, ("fi", "fr"))
    counted = json.loads(target.read_text(encoding="utf-8"))
    stored = json.loads(MODELS.read_text(encoding="utf-8"))
    assert list(counted) == ["fi", "fr"]
    assert counted["fi"].keys() == stored["fi"].keys() == {"pairs", "letters"}
    assert "ä" in "".join(counted["fi"]["letters"].values())
    assert "é" in "".join(counted["fr"]["letters"].values())


def test_words_are_natural_in_their_language():
    natural = {"sydän": "fi", "cœur": "fr", "światło": "pl", "gönül": "tr", "сердце": "ru"}
    for word, language in natural.items():
        others = [word_cost(word, other) for other in ("fi", "fr", "pl", "tr", "ru")]
        assert word_cost(word, language) == min(others), word
    assert languages_of("greek") == ("el",)
    assert "fi" in languages_of("latin")
    assert "ru" not in languages_of("latin")
