"""Fixtures of the renderer. Property tests have no deadline: they must not depend on the load."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.render.samples import lines, music, scene, write_song
from videos.render.film import render

settings.register_profile("render", deadline=None)
settings.load_profile("render")


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render 11 seconds, two groups, with two processes: the film that most tests look at."""
    folder = tmp_path_factory.mktemp("film")
    audio = write_song(folder / "song.mp3", music(11))
    return render(scene(audio, lyrics=lines(6)), folder / "film.mp4", processes=2).path
