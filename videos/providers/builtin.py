"""The built-in renderer as a provider: it renders scenes in a child process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from videos.providers.base import OnProgress, ShouldStop
from videos.providers.errors import MediaError, RenderFailed, Stopped, StorageFull
from videos.render import errors
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.sandbox.excerpt import render_excerpt_in_child
from videos.render.sandbox.film_process import render_in_child
from videos.render.sandbox.messages import StillRequest
from videos.render.sandbox.stills import StillRenderer
from videos.render.sandbox.teaser import make_teaser_in_child
from videos.render.scene import Film, Scene
from videos.vendors import BUILTIN


class BuiltinProvider:
    """Makes films on this machine, with no key and no network."""

    key = BUILTIN
    label = _("Built-in renderer")

    def __init__(self, processes: int | None) -> None:
        """Draw a film with so many processes, None for as many as the machine bears."""
        self.processes = processes
        self.stills = StillRenderer()

    def make(
        self,
        scene: Scene,
        output: Path,
        on_progress: OnProgress,
        should_stop: ShouldStop,
        cache: AnalysisCache,
    ) -> Film:
        """Render ``scene`` to the file ``output``; the song's analysis is taken from ``cache``.

        Raises ``Stopped`` once ``should_stop()`` is true, ``MediaError`` where the song or its
        cover cannot be read, ``StorageFull`` where a disk is full, ``RenderFailed`` where the
        renderer broke.
        """
        with _translated_errors():
            return render_in_child(
                scene,
                output,
                on_progress=on_progress,
                should_stop=should_stop,
                processes=self.processes,
                cache=cache,
            )

    def still(self, request: StillRequest) -> bytes:
        """Return one frame as a JPEG.

        Raises ``MediaError`` where the cover cannot be read, ``RenderFailed`` where no frame can
        be drawn now.
        """
        with _translated_errors():
            return self.stills.render(request)

    def teaser(self, film: Path) -> bytes:
        """Return an MP4 of a few silent seconds of ``film``. Raises like ``make``."""
        with _translated_errors():
            return make_teaser_in_child(film)

    def excerpt(self, scene: Scene, seconds: float, cache: AnalysisCache) -> bytes:
        """Return an MP4 of the hook of the film of ``scene``, at most ``seconds`` of it.

        Raises like ``make``.
        """
        with _translated_errors():
            return render_excerpt_in_child(scene, seconds, cache)


@contextmanager
def _translated_errors() -> Iterator[None]:
    """Raise the errors of providers for those of the renderer."""
    try:
        yield
    except errors.Stopped as error:
        raise Stopped(str(error)) from error
    except errors.InputError as error:
        raise MediaError(str(error)) from error
    except errors.StorageError as error:
        raise StorageFull(str(error)) from error
    except errors.RenderError as error:
        raise RenderFailed(str(error)) from error
