"""The built-in renderer as a provider: it hands the track's own media to ``render/``."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from videos.providers.base import OnProgress, Order, ShouldStop
from videos.providers.errors import MediaError, RenderFailed, Stopped
from videos.render import errors, lyrics
from videos.render.audio.analysis_cache import Memory
from videos.render.sandbox.film_process import render_apart
from videos.render.sandbox.messages import StillOrder
from videos.render.sandbox.stills import Darkroom
from videos.render.scene import Film, Look, Scene, VideoFormat


class BuiltinProvider:
    """Makes films on this machine, with no key and no network."""

    key = "builtin"
    label = _("Built-in renderer")

    def __init__(self, processes: int, memory: Memory) -> None:
        self.processes = processes
        self.memory = memory
        self.darkroom = Darkroom()

    def make(
        self, order: Order, output: Path, on_progress: OnProgress, should_stop: ShouldStop
    ) -> Film:
        """Render ``order`` to the file ``output``.

        Raises ``Stopped`` once ``should_stop()`` says so, ``MediaError`` where the song or its
        cover cannot be read, ``RenderFailed`` where the renderer broke.
        """
        try:
            return render_apart(
                scene_of(order),
                output,
                on_progress=on_progress,
                should_stop=should_stop,
                processes=self.processes,
                memory=self.memory,
            )
        except errors.Stopped as error:
            raise Stopped(str(error)) from error
        except errors.InputError as error:
            raise MediaError(str(error)) from error
        except errors.RenderError as error:
            raise RenderFailed(str(error)) from error

    def still(self, order: Order, at: float, duration: float, digest: str) -> bytes:
        """Return the frame at ``at`` seconds of a song of ``duration`` as a JPEG.

        Its bars stand as they were heard under ``digest``, if that is known. Raises ``MediaError``
        where the cover cannot be read, ``RenderFailed`` where no frame can be had now.
        """
        wanted = StillOrder(scene_of(order), at, duration, digest, self.memory)
        try:
            return self.darkroom.still(wanted)
        except errors.InputError as error:
            raise MediaError(str(error)) from error
        except errors.RenderError as error:
            raise RenderFailed(str(error)) from error


def scene_of(order: Order) -> Scene:
    """Return what the renderer is to draw."""
    song = order.song
    lines = lyrics.from_aligned_words(song.words) or lyrics.parse(song.lyrics, song.duration)
    return Scene(
        audio=song.audio,
        cover=song.cover,
        lyrics=lyrics.shifted(lines, song.lyrics_offset),
        title=song.title,
        author=order.author,
        domain_name=order.domain_name,
        format=VideoFormat(order.format),
        look=Look(order.look),
        resolution=order.resolution,
        fps=order.fps,
        section_tags=order.section_tags,
        is_normalised=order.is_normalised,
        model_name=song.model_name,
    )
