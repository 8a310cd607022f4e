"""What the renderer draws for an order: its song, texts, options, and files on this machine."""

from pathlib import Path

from videos.languages.late_translation import translate_late
from videos.media import workspace
from videos.models import Video
from videos.pipeline.assets import local_files
from videos.pipeline.orders import OrderRequest
from videos.pipeline.translations import lyrics_of
from videos.providers.errors import MediaError
from videos.render.clips import parse_clip
from videos.render.lyrics import LyricsError
from videos.render.scene import Scene


def load_scene(order: Video | OrderRequest, audio: Path, folder: Path) -> Scene:
    """Return the scene of an order, with its pictures on this machine: copies are in ``folder``.

    Raises ``MediaError`` where a file is not there any more, or its translation does not fit.
    """
    owner = order.track.music_task.owner
    logos = local_files(owner, order.logo, folder)
    return scene_of(
        order,
        audio,
        cover=workspace.get_local_path(order.track.cover, folder),
        backdrop=local_files(owner, order.backdrop, folder),
        logo=logos[0] if logos else None,
    )


def scene_of(
    order: Video | OrderRequest,
    audio: Path,
    cover: Path | None,
    backdrop: tuple[Path, ...] = (),
    logo: Path | None = None,
) -> Scene:
    """Return the scene of an order; the paths are those of local files. Raises ``MediaError``."""
    track = order.track
    try:
        lines = lyrics_of(track, order.translation)
    except LyricsError as error:
        raise MediaError(translate_late(str(error))) from error
    return Scene(
        audio=audio,
        cover=cover,
        backdrop=backdrop,
        logo=logo,
        lyrics=lines,
        title=track.title,
        author=order.author,
        domain_name=order.domain_name,
        genre=track.tags,
        model_name=track.model_name,
        comment=track.comment,
        clip=parse_clip(order.clip),
        **vars(order.style),
    )
