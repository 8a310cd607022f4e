"""The built-in renderer as a provider: it renders scenes in a child process."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from videos.providers.base import OnProgress, ShouldStop
from videos.providers.errors import MediaError, RenderFailed, Stopped, StorageFull
from videos.render import errors
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.sandbox.film_process import render_in_child
from videos.render.sandbox.messages import StillRequest
from videos.render.sandbox.stills import StillRenderer
from videos.render.scene import Film, Scene
from videos.vendors import BUILTIN


class BuiltinProvider:
    """Makes films on this machine, with no key and no network."""

    key = BUILTIN
    label = _("Built-in renderer")

    def __init__(self, processes: int) -> None:
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
        try:
            return render_in_child(
                scene,
                output,
                on_progress=on_progress,
                should_stop=should_stop,
                processes=self.processes,
                cache=cache,
            )
        except errors.Stopped as error:
            raise Stopped(str(error)) from error
        except errors.InputError as error:
            raise MediaError(str(error)) from error
        except errors.StorageError as error:
            raise StorageFull(str(error)) from error
        except errors.RenderError as error:
            raise RenderFailed(str(error)) from error

    def still(self, request: StillRequest) -> bytes:
        """Return one frame as a JPEG.

        Raises ``MediaError`` where the cover cannot be read, ``RenderFailed`` where no frame can
        be drawn now.
        """
        try:
            return self.stills.render(request)
        except errors.InputError as error:
            raise MediaError(str(error)) from error
        except errors.RenderError as error:
            raise RenderFailed(str(error)) from error
