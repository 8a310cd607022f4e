"""Renders a short excerpt of a film, as it will be: its frames, and its sound at its level."""

from collections.abc import Iterator
from math import ceil
from pathlib import Path

import av

from videos.render.audio.analysis import Analysis, load_or_analyse
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.clips.hook import find_hook
from videos.render.clips.passage import Passage, cut_to_clip
from videos.render.encode.aac_pieces import encode_sound
from videos.render.encode.film_sound import FilmSound
from videos.render.encode.mp4 import Mp4Writer, wrap_pictures
from videos.render.encode.pictures import EncodedPicture, group_length, open_picture_encoder
from videos.render.encode.splice import FallbackEncoder, cut_groups, split_into_groups
from videos.render.errors import RenderError, StorageError, is_disk_full
from videos.render.extras.looping_canvas import CANVAS_FPS, CanvasPainter, write_canvas
from videos.render.files import write_atomically
from videos.render.paint import Painter
from videos.render.scene import Scene

SMALL_CANVAS = 540, 960


def render_excerpt(scene: Scene, output: Path, cache: AnalysisCache, seconds: float) -> Passage:
    """Render the hook of the film of ``scene``, at most ``seconds`` of it, to ``output``, an MP4.

    Its frames are those of the film. Returns the frames of the film that it shows. Raises
    AudioError or CoverError if a file cannot be used, ClipError if there is no such clip,
    StorageError if a disk is full, RenderError if anything else fails.
    """
    try:
        if scene.clip and scene.clip.is_canvas:
            return _write_canvas(scene, output)
        song, digest = load_or_analyse(scene.audio, scene.fps, cache, lambda fraction: None)
        scene, analysis, clip = cut_to_clip(scene, song)
        excerpt = _choose_passage(scene, analysis, seconds)
        sound = FilmSound(scene, analysis, None, digest, output, clip)
        with write_atomically(output) as (part,):
            _write(part, scene, analysis, sound, excerpt)
    except (av.FFmpegError, OSError) as error:
        kind = StorageError if is_disk_full(error) else RenderError
        raise kind(f"The excerpt could not be written: {error}") from error
    return excerpt


def _write_canvas(scene: Scene, output: Path) -> Passage:
    """Write all of a Canvas: a small one, which is made in a moment."""
    painter = CanvasPainter(scene, SMALL_CANVAS)
    with write_atomically(output) as (part,):
        for _ in write_canvas(painter, part, scene):
            pass
    return Passage(0, painter.frames, CANVAS_FPS)


def _choose_passage(scene: Scene, analysis: Analysis, seconds: float) -> Passage:
    """Return the frames of the hook of a film."""
    start, end = find_hook(analysis, scene.fps, scene.lyrics, seconds)
    last = min(analysis.frames, ceil(end * scene.fps - 1e-6))
    return Passage(min(round(start * scene.fps), last - 1), last, scene.fps)


def _write(
    path: Path, scene: Scene, analysis: Analysis, film_sound: FilmSound, excerpt: Passage
) -> None:
    painter = Painter(scene, analysis, scene.fps)
    frame = painter.canvas.frame
    with Mp4Writer(path, {}) as mp4:
        stream = mp4.add_pictures(frame.width, frame.height, scene.fps)
        sound_stream = mp4.add_sound(analysis.sample_rate, analysis.layout)
        mp4.start()
        pictures = wrap_pictures(_encode_pictures(painter, analysis, excerpt), stream, scene.fps)
        samples = excerpt.samples(analysis.sample_rate)
        sound = encode_sound(film_sound.decode_part(samples), sound_stream)
        for _ in mp4.write(pictures, sound):
            pass


def _encode_pictures(
    painter: Painter, analysis: Analysis, excerpt: Passage
) -> Iterator[EncodedPicture]:
    """Yield the pictures of the excerpt, numbered from 0."""
    frame, fps = painter.canvas.frame, excerpt.fps
    header = open_picture_encoder(frame.width, frame.height, fps).extradata
    encoder = FallbackEncoder(painter, fps, header or b"")
    groups = split_into_groups(analysis.frames, painter.fade_ranges, group_length(fps))
    for group in cut_groups(groups, range(excerpt.first, excerpt.last)):
        for picture in encoder.encode_group(group):
            yield picture._replace(number=picture.number - excerpt.first)
