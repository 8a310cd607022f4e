"""From a scene to a film: the one way through the renderer."""

import os
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from PIL import Image

from videos.render.audio.analysis import Analysis, analyse
from videos.render.audio.analysis_cache import Memory, recall
from videos.render.encode.film_sound import FilmSound
from videos.render.encode.mp4 import Movie, picture_packets
from videos.render.encode.pictures import open_picture_encoder
from videos.render.encode.pool import Crew
from videos.render.encode.sound_thread import Soundtrack
from videos.render.encode.tags import chapters_of, cover_of, tags_of
from videos.render.errors import RenderError
from videos.render.files import poster_beside, whole
from videos.render.paint import Painter
from videos.render.progress import Pace
from videos.render.scene import Film, Progress, Scene

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
    memory: Memory | None = None,
) -> Film:
    """Make the film of `scene` at `output`, an MP4, and its poster beside it, `….poster.jpg`.

    `on_progress` and `should_stop` are called several times a second. `processes` draw side by
    side, by default two if there are two processors (or `RENDER_PROCESSES` in the environment);
    where other threads run, which a fork might leave in disorder, it is always one. What `memory`
    has of the song is not heard again.

    Raises AudioError or CoverError (both InputError) if a file cannot be used, RenderError if
    anything else fails, Stopped if `should_stop` said so. Whatever is raised, nothing is left.
    """
    pace = Pace(on_progress, should_stop)
    processes = processes or _usual_processes() if threading.active_count() == 1 else 1
    poster = poster_beside(output)
    try:
        with whole(output, poster) as (film_part, poster_part):
            analysis, digest = _analysis(scene, pace, memory)
            film_sound = FilmSound(scene, analysis, memory, digest, output)
            painter = Painter(scene, analysis, scene.fps)
            pace.at("drawing", 0)
            frame = painter.canvas.frame
            header = open_picture_encoder(frame.width, frame.height, scene.fps).extradata
            with Crew(painter, analysis.frames, scene.fps, header or b"", processes) as crew:
                painter.picture(_poster_frame(analysis)).save(poster_part, "JPEG", quality=90)
                _write(film_part, scene, analysis, crew, film_sound, frame, pace)
            pace.at("finishing", 0.5)
        size = output.stat().st_size
    except (av.FFmpegError, OSError) as error:
        raise RenderError(f"The film could not be written: {error}") from error
    duration = analysis.frames / scene.fps
    return Film(output, frame.width, frame.height, duration, size, poster, film_sound.loudness)


def still(scene: Scene, at: float) -> Image.Image:
    """Return the frame at `at` seconds (or the nearest there is) in RGB, as the film shows it.

    Raises AudioError or CoverError if a file cannot be used.
    """
    analysis, _ = _analysis(scene, Pace(None, None), None)
    index = min(max(0, round(at * scene.fps)), analysis.frames - 1)
    return Painter(scene, analysis, scene.fps).picture(index)


def _analysis(scene: Scene, pace: Pace, memory: Memory | None) -> tuple[Analysis, str]:
    """Return what is heard in the song, and where `memory` is used, what tells it from others."""
    pace.at("reading", 0)
    if memory is None:
        return analyse(scene.audio, scene.fps, partial(pace.at, "reading")), ""
    return recall(scene.audio, scene.fps, memory, partial(pace.at, "reading"))


def _write(
    path: Path,
    scene: Scene,
    analysis: Analysis,
    crew: Crew,
    film_sound: FilmSound,
    frame: VideoFrame,
    pace: Pace,
) -> None:
    """Write what the `crew` draws, pictures like `frame`, and the sound into the MP4 at `path`."""
    with Movie(path, tags_of(scene), chapters_of(scene.lyrics, analysis.duration)) as movie:
        pictures = movie.add_pictures(frame.width, frame.height, scene.fps)
        track = film_sound.add_to(movie)
        movie.add_cover(cover_of(scene))
        movie.start()
        with Soundtrack(film_sound.packets(track)) as soundtrack:

            def note_progress() -> None:
                heard = film_sound.effort * min(1, soundtrack.seconds / analysis.duration)
                pace.at("drawing", heard + (1 - film_sound.effort) * crew.share)

            packets = picture_packets(crew.pictures(note_progress), pictures, scene.fps)
            for _ in movie.write(packets, soundtrack.packets()):
                pace.wait()
        pace.at("finishing", 0)


def _poster_frame(analysis: Analysis) -> int:
    """Return the frame some way into the film in which the bars stand highest."""
    start = int(analysis.frames * POSTER_FROM)
    heard = analysis.heard[start : int(analysis.frames * POSTER_TO) + 1]
    return start + int(heard["levels"].mean(axis=1, dtype=np.float32).argmax())


def _usual_processes() -> int:
    wanted = os.environ.get("RENDER_PROCESSES", "")
    if wanted.isdecimal() and int(wanted):
        return int(wanted)
    available = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))(0)
    return min(USUAL_PROCESSES, len(available))
