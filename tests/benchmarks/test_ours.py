from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.contest import Run
from benchmarks.material import Material, make_material
from benchmarks.ours import render_clip_command, render_first_in_portal, render_next_in_portal
from videos.render.audio.analysis import load_or_analyse
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.options import FPS, Look


@pytest.mark.nightly  # it takes two seconds
def test_the_first_film_of_a_song_encodes_its_sound_and_the_others_do_not(tmp_path: Path) -> None:
    material, cache = make_material(tmp_path, 1), AnalysisCache(tmp_path / "cache", 10**9)
    load_or_analyse(material.song, FPS, cache, lambda _: None)
    arguments = (material, Look.GLOW, tmp_path / "film.mp4", 1, cache)

    def render_and_find_sound(run: Callable[..., Run]) -> Path:
        assert run(*arguments).seconds > 0
        (sound,) = cache.folder.glob("*.m4a")
        return sound

    first = tmp_path / "first.m4a"
    first.hardlink_to(render_and_find_sound(render_first_in_portal))
    assert render_and_find_sound(render_next_in_portal).samefile(first)
    assert not render_and_find_sound(render_first_in_portal).samefile(first)


def test_a_clip_is_the_hook_for_phones(tmp_path: Path) -> None:
    material = Material(tmp_path / "song.mp3", tmp_path / "lyrics.lrc", 60)
    command = render_clip_command(material, Look.GLOW, tmp_path / "clip.mp4", 2, 15)
    assert command[-6:] == ["--clip", "15", "--format", "9:16", "--resolution", "1080"]
