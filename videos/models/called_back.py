"""Who wants to be told of a video's end: the client that ordered it over the API."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from videos.models.webhook_delivery import Delivery
from videos.statuses import VideoStatus

LONGEST_CALLBACK_URL = 2000  # characters


class CallbackFamily(models.TextChoices):
    """Whose words the client understands."""

    NONE = "", _("None")
    SUNO = "suno", _("Apikley, kie.ai and sunoapi.org")
    CRUN = "crun", _("Crun")


class CalledBack(models.Model):
    """A row whose client may have given an address to be called back at."""

    callback_url = models.CharField(
        _("callback address"),
        max_length=LONGEST_CALLBACK_URL,
        blank=True,
        help_text=_("Where the client that ordered it is told of its end."),
    )
    callback_family = models.CharField(
        _("callback's words"), max_length=10, choices=CallbackFamily, blank=True
    )

    class Meta:
        abstract = True

    owner_id: int

    def announce(self, outcome: VideoStatus) -> None:
        """Have the client told of this end, where it gave an address; part of the transition."""
        if self.callback_url:
            Delivery.objects.announce(
                video=self.pk, owner=self.owner_id, url=self.callback_url, outcome=outcome
            )
