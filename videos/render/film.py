"""Renders a film from a scene: analyses the song, paints and encodes the pictures, muxes both."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from PIL import Image

from videos.render.audio.analysis import Analysis, analyse, load_or_analyse
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.clips.passage import cut_to_clip
from videos.render.encode.film_sound import FilmSound
from videos.render.encode.mp4 import Mp4Writer, wrap_pictures
from videos.render.encode.pictures import open_picture_encoder
from videos.render.encode.pool import EncoderPool
from videos.render.encode.processors import default_processes
from videos.render.encode.sound_thread import SoundThread
from videos.render.encode.tags import make_chapters, make_cover, make_tags
from videos.render.errors import RenderError, StorageError, is_disk_full
from videos.render.extras.looping_canvas import CANVAS_FPS, CanvasPainter, write_canvas
from videos.render.files import poster_path, write_atomically
from videos.render.lyrics.section_labels import OPENING, label_sections, section_label
from videos.render.paint import Painter
from videos.render.progress import ProgressTracker
from videos.render.sandbox.process_control import can_fork
from videos.render.scene import Film, Progress, Scene

POSTER_FROM, POSTER_TO = 0.35, 0.45  # the poster is a frame between these fractions of the film


def render(
    scene: Scene,
    output: Path,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    processes: int | None = None,
    cache: AnalysisCache | None = None,
) -> Film:
    """Render the film of ``scene`` to ``output``, an MP4, and its poster, ``….poster.jpg``.

    ``on_progress`` and ``should_stop`` are called several times a second. ``processes`` paint in
    parallel, by default as many as ``default_processes`` returns; it is always one where a fork is
    not safe: if other threads run, and on macOS. A song whose analysis is in ``cache`` is not
    analysed again.

    Raises AudioError or CoverError if a file cannot be used, ClipError if the song ends before its
    clip (all InputError), StorageError if a disk is full, RenderError if anything else fails,
    Stopped if ``should_stop`` returns true.
    After an error no file is left.
    """
    tracker = ProgressTracker(on_progress, should_stop)
    if scene.clip and scene.clip.is_canvas:
        return _render_canvas(scene, output, tracker)
    processes = processes or default_processes(scene.size) if can_fork() else 1
    poster = poster_path(output)
    try:
        with write_atomically(output, poster) as (film_part, poster_part):
            song, digest = _analyse(scene, tracker, cache)
            scene, analysis, passage = cut_to_clip(scene, song)
            film_sound = FilmSound(scene, analysis, cache, digest, output, passage, processes)
            painter = Painter(scene, analysis, scene.fps)
            tracker.update("drawing", 0)
            frame = painter.canvas.frame
            header = open_picture_encoder(frame.width, frame.height, scene.fps).extradata
            with EncoderPool(
                painter, analysis.frames, scene.fps, header or b"", processes, tracker.heartbeat
            ) as pool:
                poster_image = painter.paint_image(_choose_poster_frame(analysis))
                poster_image.save(poster_part, "JPEG", quality=90)
                _write(film_part, scene, analysis, pool, film_sound, frame, tracker)
            tracker.update("finishing", 0.5)
        size = output.stat().st_size
    except (av.FFmpegError, OSError) as error:
        raise _writing_error(error) from error
    duration = analysis.frames / scene.fps
    return Film(
        output,
        frame.width,
        frame.height,
        duration,
        size,
        poster,
        film_sound.loudness,
        analysis.silence,
        passage.start if passage else None,
        song.duration,
    )


def _render_canvas(scene: Scene, output: Path, tracker: ProgressTracker) -> Film:
    """Render the Canvas of ``scene``, which needs the cover only."""
    tracker.update("drawing", 0)
    painter, poster = CanvasPainter(scene), poster_path(output)
    try:
        with write_atomically(output, poster) as (film_part, poster_part):
            painter.paint_image(0).save(poster_part, "JPEG", quality=90)
            for done in write_canvas(painter, film_part, scene):
                tracker.update("drawing", done / painter.frames)
            tracker.update("finishing", 0)
        size = output.stat().st_size
    except (av.FFmpegError, OSError) as error:
        raise _writing_error(error) from error
    frame = painter.canvas.frame
    duration = painter.frames / CANVAS_FPS
    return Film(output, frame.width, frame.height, duration, size, poster)


def _writing_error(error: Exception) -> RenderError:
    kind = StorageError if is_disk_full(error) else RenderError
    return kind(f"The film could not be written: {error}")


def render_still(scene: Scene, at: float) -> Image.Image:
    """Return the frame at ``at`` seconds, or the nearest one, in RGB, as the film shows it.

    Raises AudioError or CoverError if a file cannot be used, ClipError if there is no such clip.
    """
    if scene.clip and scene.clip.is_canvas:
        return CanvasPainter(scene).paint_image_at(at)
    song, _ = _analyse(scene, ProgressTracker(None, None), None)
    scene, analysis, _ = cut_to_clip(scene, song)
    index = min(max(0, round(at * scene.fps)), analysis.frames - 1)
    return Painter(scene, analysis, scene.fps).paint_image(index)


def _analyse(
    scene: Scene, tracker: ProgressTracker, cache: AnalysisCache | None
) -> tuple[Analysis, str]:
    """Return the analysis of the song and, if there is a ``cache``, the song's digest."""
    tracker.update("reading", 0)
    on_fraction = partial(tracker.update, "reading")
    if cache is None:
        # The passage of a clip is measured by itself
        is_metered = scene.clip is None
        return analyse(scene.audio, scene.fps, on_fraction, is_metered=is_metered), ""
    return load_or_analyse(scene.audio, scene.fps, cache, on_fraction)


def _write(
    path: Path,
    scene: Scene,
    analysis: Analysis,
    pool: EncoderPool,
    film_sound: FilmSound,
    frame: VideoFrame,
    tracker: ProgressTracker,
) -> None:
    """Write the pictures of the ``pool``, of the size of ``frame``, and the sound to ``path``."""
    opening = section_label(OPENING, scene.section_language)
    lines = label_sections(scene.lyrics, scene.section_language)
    chapters = () if scene.clip else make_chapters(lines, analysis.duration, opening)
    with Mp4Writer(path, make_tags(scene), chapters) as mp4:
        picture_stream = mp4.add_pictures(frame.width, frame.height, scene.fps)
        sound_stream = film_sound.add_to(mp4)
        mp4.add_cover(make_cover(scene))
        mp4.start()
        with SoundThread(film_sound.packets(sound_stream)) as sound_thread:

            def record_progress() -> None:
                sound_share = film_sound.work_share
                sound_done = sound_share * min(1, sound_thread.seconds / analysis.duration)
                tracker.update("drawing", sound_done + (1 - sound_share) * pool.fraction_done)

            pictures = pool.encode_pictures(record_progress)
            packets = wrap_pictures(pictures, picture_stream, scene.fps)
            for _ in mp4.write(packets, sound_thread.packets()):
                tracker.heartbeat()
        tracker.update("finishing", 0)


def _choose_poster_frame(analysis: Analysis) -> int:
    """Return the index of the frame with the highest bars between the poster's fractions."""
    start = int(analysis.frames * POSTER_FROM)
    features = analysis.features[start : int(analysis.frames * POSTER_TO) + 1]
    return start + int(features["levels"].mean(axis=1, dtype=np.float32).argmax())
