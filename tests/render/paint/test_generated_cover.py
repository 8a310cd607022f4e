import numpy as np
import pytest

from videos.render.paint.generated_cover import FAMILIES, choose_family, generate_cover

TITLES = ["Afterglow", "Ночной поезд", "夜に駆ける", "", "\udcff \x00", "a" * 5000]
GENRES = [names.split()[0] for names in FAMILIES.values()]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("genre", GENRES)
def test_every_title_has_a_cover_with_something_to_see(title: str, genre: str) -> None:
    pixels = np.asarray(generate_cover(title, 96, genre), np.float32)
    assert pixels.shape == (96, 96, 3)
    assert pixels.std() > 20


@pytest.mark.parametrize("genre", ["", *GENRES])
def test_it_is_always_the_same_for_a_title_and_another_for_another(genre: str) -> None:
    cover = generate_cover("One", 64, genre).tobytes()
    assert generate_cover("One", 64, genre).tobytes() == cover
    assert generate_cover("Two", 64, genre).tobytes() != cover


def test_there_are_at_least_six_families_and_titles_alone_lead_to_all() -> None:
    assert len(FAMILIES) >= 6
    assert {choose_family(f"Song {number}") for number in range(200)} == set(FAMILIES)


@pytest.mark.parametrize(("family", "names"), FAMILIES.items())
def test_a_genre_leads_to_its_family_whatever_the_title_is(family, names: str) -> None:
    for name in names.split():
        assert choose_family("One", name.upper()) is family
        assert choose_family("Two", f"{name}, female vocals") is family


def test_most_of_many_tags_decide() -> None:
    tags = "dreamy pop, heavy guitars, hard rock, 120 bpm"
    assert choose_family("One", tags) is choose_family("One", "rock")


def test_a_genre_that_is_unknown_changes_nothing() -> None:
    for title in TITLES:
        assert choose_family(title, "qawwali, 7/8") is choose_family(title)


@pytest.mark.parametrize("genre", GENRES)
def test_a_large_one_is_the_small_one_enlarged(genre: str) -> None:
    small, large = generate_cover("One", 448, genre), generate_cover("One", 1500, genre)
    assert large.size == (1500, 1500)
    difference = np.asarray(small, np.float32) - np.asarray(large.resize((448, 448)), np.float32)
    assert np.abs(difference).mean() < 6
