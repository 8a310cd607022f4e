"""Takes the files that a command line names for a backdrop."""

from collections.abc import Sequence
from pathlib import Path

from videos.render.backdrops.formats import LOOP_NAME, check_number, is_video, picture_sentence
from videos.render.backdrops.loop_conversion import convert_loop
from videos.render.covers.reading import read_picture
from videos.render.errors import BackdropError, CoverError
from videos.render.errors import gettext_noop as _

CHECKED_SIDE = 64  # pixels in which a picture is tried


def prepare_backdrop(paths: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Return the files of a backdrop as the renderer takes them; a video is put into ``folder``.

    Raises BackdropError with a sentence for what cannot be used.
    """
    videos = [path for path in paths if is_video(path)]
    check_number(len(paths) - len(videos), len(videos))
    if videos:
        convert_loop(videos[0], folder / LOOP_NAME)
        return (folder / LOOP_NAME,)
    for path in paths:
        try:
            read_picture(path, CHECKED_SIDE)
        except CoverError as error:
            words = {"file": path.name, "sentence": picture_sentence(error)}
            raise BackdropError(_("%(file)s: %(sentence)s") % words) from error
    return tuple(path.absolute() for path in paths)
