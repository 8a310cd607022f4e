"""From a scene to a film: the one way through the renderer."""

import os
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import av
import numpy as np
from PIL import Image

from videos.render.analysis import Analysis, analyse
from videos.render.audio import sound
from videos.render.crew import Crew
from videos.render.encode import open_picture_encoder
from videos.render.errors import RenderError
from videos.render.files import poster_beside, whole
from videos.render.movie import Movie, picture_packets, sound_packets
from videos.render.pace import Pace
from videos.render.paint import Painter
from videos.render.scene import Film, Progress, Scene
from videos.render.soundtrack import Soundtrack

USUAL_PROCESSES = 2
POSTER_FROM, POSTER_TO = 0.35, 0.45
"""Between which shares of the film the poster is looked for."""


def render(
    scene: Scene,
    output: Path,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    processes: int | None = None,
) -> Film:
    """Make the film of `scene` at `output`, an MP4, and its poster beside it, `….poster.jpg`.

    `on_progress` and `should_stop` are called several times a second. `processes` draw side by
    side, by default two if there are two processors (or `RENDER_PROCESSES` in the environment);
    where other threads run, which a fork might leave in disorder, it is always one.

    Raises AudioError or CoverError (both InputError) if a file cannot be used, RenderError if
    anything else fails, Stopped if `should_stop` said so. Whatever is raised, nothing is left.
    """
    pace = Pace(on_progress, should_stop)
    processes = processes or _usual_processes() if threading.active_count() == 1 else 1
    poster = poster_beside(output)
    try:
        with whole(output, poster) as (film_part, poster_part):
            analysis = _analysis(scene, pace)
            painter = Painter(scene, analysis, scene.fps)
            best = painter.picture(_poster_frame(analysis))
            best.save(poster_part, "JPEG", quality=90)
            _shoot(scene, painter, analysis, film_part, pace, processes)
            pace.at("finishing", 0.5)
        size = output.stat().st_size
    except (av.FFmpegError, OSError) as error:
        raise RenderError(f"The film could not be written: {error}") from error
    width, height = best.size
    return Film(output, width, height, analysis.frames / scene.fps, size, poster)


def still(scene: Scene, at: float) -> Image.Image:
    """Return the frame at `at` seconds (or the nearest there is) in RGB, as the film shows it.

    Raises AudioError or CoverError if a file cannot be used.
    """
    analysis = _analysis(scene, Pace(None, None))
    index = min(max(0, round(at * scene.fps)), analysis.frames - 1)
    return Painter(scene, analysis, scene.fps).picture(index)


def _analysis(scene: Scene, pace: Pace) -> Analysis:
    pace.at("reading", 0)
    return analyse(scene.audio, scene.fps, partial(pace.at, "reading"))


def _shoot(
    scene: Scene, painter: Painter, analysis: Analysis, path: Path, pace: Pace, processes: int
) -> None:
    """Draw, encode and write everything into the MP4 at `path`."""
    pace.at("drawing", 0)
    width, height, fps = painter.canvas.frame.width, painter.canvas.frame.height, scene.fps
    header = bytes(open_picture_encoder(width, height, fps).extradata or b"")
    with (
        Crew(painter, analysis.frames, fps, header, processes) as crew,
        Movie(path, _metadata(scene)) as movie,
    ):
        pictures = movie.add_pictures(width, height, fps)
        track = movie.add_sound(analysis.sample_rate, analysis.layout)
        movie.start()
        with Soundtrack(sound_packets(sound(scene.audio), track)) as soundtrack:
            drawn = picture_packets(crew.pictures(pace.wait), pictures, fps)
            for time in movie.write(drawn, soundtrack.packets()):
                pace.at("drawing", time / analysis.duration)
        pace.at("finishing", 0)


def _poster_frame(analysis: Analysis) -> int:
    """Return the frame some way into the film in which the bars stand highest."""
    start = int(analysis.frames * POSTER_FROM)
    heights = analysis.levels[start : int(analysis.frames * POSTER_TO) + 1]
    return start + int(heights.mean(axis=1, dtype=np.float32).argmax())


def _metadata(scene: Scene) -> dict[str, str]:
    """Return the tags of the film, of characters that a tag can hold."""
    tags = {"title": scene.title, "artist": scene.author, "comment": scene.domain_name}
    printable = {
        key: "".join(character if character.isprintable() else " " for character in text).strip()
        for key, text in tags.items()
    }
    return {key: text for key, text in printable.items() if text}


def _usual_processes() -> int:
    wanted = os.environ.get("RENDER_PROCESSES", "")
    if wanted.isdecimal() and int(wanted):
        return int(wanted)
    available = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))(0)
    return min(USUAL_PROCESSES, len(available))
