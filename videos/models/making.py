"""How far something in the making is."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos.models.work import Work
from videos.statuses import Stage, VideoStatus


class Making(Work):
    """A row that comes into being by stages, until its status is final."""

    status = models.CharField(
        _("status"), max_length=30, choices=VideoStatus, default=VideoStatus.PENDING
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.QUEUED)
    fraction = models.FloatField(_("done"), default=0, help_text=_("From 0 to 1."))
    seconds_left = models.FloatField(_("time left"), null=True, blank=True, help_text=_("Seconds."))
    error_message = models.CharField(_("error message"), max_length=500, blank=True)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    turn_at = models.DateTimeField(
        _("turn"), default=timezone.now, help_text=_("The earliest comes first.")
    )
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        abstract = True
