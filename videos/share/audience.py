"""Who can watch a video now, in a sentence for its owner."""

from django.utils.translation import gettext as _

from videos.models import Video
from videos.statuses import Visibility


def is_shared(video: Video) -> bool:
    """Return whether anybody but the owner of ``video`` can watch it now."""
    if video.visibility == Visibility.PRIVATE or not video.is_ready:
        return False
    has_key = bool(video.password) or not video.needs_password
    return has_key and not video.has_ended and video.hidden_at is None


def audience(video: Video) -> str:
    """Return who can watch ``video`` now."""
    if video.visibility == Visibility.PRIVATE:
        return _("Only you can watch it now.")
    if not video.is_ready:
        return _("Only you can see it now: there is no film yet.")
    if video.hidden_at:
        return _("Only you can watch it now: it was reported, and is hidden.")
    if video.has_ended:
        return _("Only you can watch it now: its time is over.")
    if video.needs_password and not video.password:
        return _("Only you can watch it now: it has no password yet.")
    return {
        Visibility.PASSWORD: _("Everybody with the link and the password can watch it now."),
        Visibility.UNLISTED: _("Everybody with the link can watch it now."),
        Visibility.PUBLIC: _("Everybody can watch it now, and find it on the front page."),
    }[Visibility(video.visibility)]
