"""Tells the upload page what the file of a song says of itself."""

import base64
import logging

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from videos.forms.file_tags import FileTagsForm
from videos.pipeline import song_tags
from videos.pipeline.rations import FILE_TAGS, RationSpent
from videos.render.tags.song_tags import SongTags
from videos.views.requests import UserRequest
from videos.views.uploads import takes_files

logger = logging.getLogger(__name__)

COVER_SIDE = 240  # pixels of the picture on the page


@takes_files
@never_cache
@require_POST
def file_tags(request: UserRequest) -> HttpResponse:
    """Return what the tags of a file say as JSON, by the names of the form's fields.

    The page sends only the start and the end of the file; 204 stands for nothing.
    """
    form = FileTagsForm(request.POST, request.FILES)
    if not form.is_valid():
        return HttpResponse(status=204)
    try:
        with FILE_TAGS.lane(request.user):
            tags = form.read()
    except RationSpent:
        return HttpResponse(status=204)
    except OSError:  # a full disk: the upload itself will say so
        logger.exception("The tags of a file could not be read")
        return HttpResponse(status=204)
    fields = song_tags.text_fields(tags, 0.0)
    names = ("title", "artist", "tags", "lyrics")
    answer = {name: fields[name] for name in names if fields[name]}
    if cover := thumbnail(tags):
        answer["cover"] = cover
    return JsonResponse(answer) if answer else HttpResponse(status=204)


def thumbnail(tags: SongTags) -> str:
    """Return the cover in ``tags`` as a small picture in a data URI, "" where there is none."""
    file = song_tags.cover_file(tags, COVER_SIDE)
    if file is None:
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(file.read()).decode('ascii')}"
