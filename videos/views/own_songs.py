"""What the pages of a person's songs share: one of these songs, and forms that open files."""

from django.forms import BaseForm
from django.shortcuts import get_object_or_404

from videos.models import Track, User
from videos.pipeline.rations import UPLOADS
from videos.views.requests import UserRequest


def get_track(request: UserRequest, pk: int) -> Track:
    """Return a song of the person with its music task. Raises ``Http404``."""
    tracks = Track.objects.for_user(request.user).select_related("music_task")
    return get_object_or_404(tracks, pk=pk)


def is_valid_upload(form: BaseForm, user: User) -> bool:
    """Return whether ``form`` is valid; its files are opened when there is room for that.

    Raises ``RationSpent``.
    """
    if not form.files:
        return form.is_valid()
    with UPLOADS.lane(user):
        return form.is_valid()
