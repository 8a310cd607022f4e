from collections.abc import Callable
from pathlib import Path

from benchmarks.contest import Run
from benchmarks.material import make_material
from benchmarks.ours import first_in_portal, next_in_portal
from videos.render.audio.analysis_cache import Memory, recall
from videos.render.scene import FPS, Look


def test_the_first_film_of_a_song_encodes_its_sound_and_the_others_do_not(tmp_path: Path) -> None:
    material, memory = make_material(tmp_path, 1), Memory(tmp_path / "heard", 10**9)
    recall(material.song, FPS, memory, lambda _: None)
    order = (material, Look.GLOW, tmp_path / "film.mp4", 1, memory)

    def sound_of(run: Callable[..., Run]) -> Path:
        assert run(*order).seconds > 0
        (sound,) = memory.folder.glob("*.m4a")
        return sound

    first = tmp_path / "first.m4a"
    first.hardlink_to(sound_of(first_in_portal))
    assert sound_of(next_in_portal).samefile(first)
    assert not sound_of(first_in_portal).samefile(first)
