"""The history of a video: what happened when."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One thing that happened to a video; written by the video's transitions, never changed."""

    class Kind(models.TextChoices):
        ORDERED = "ordered", _("Ordered")
        STARTED = "started", _("Work began")
        WORKER_LOST = "died", _("The worker was lost; another took over")
        SUBMITTED = "submitted", _("The vendor took the order")
        ADOPTED = "adopted", _("The vendor had this video already; it is followed")
        DELAYED = "delayed", _("The vendor could not be asked; it is tried again")
        VENDOR_FINISHED = "made", _("The vendor made the film")
        COPIED = "copied", _("Copied to our storage")
        COPY_FAILED = "copy_failed", _("The film could not be copied; it is tried again")
        PAUSED = "paused", _("The worker was stopped; the video waits for its turn again")
        FINISHED = "finished", _("Finished")
        FAILED = "failed", _("Failed")
        WEBHOOK_DELIVERED = "told", _("The webhook was delivered")
        WEBHOOK_FAILED = "not_told", _("The webhook could not be delivered")
        CANCELLED = "cancelled", _("Cancelled")
        RETRIED = "retried", _("Tried again")
        SWITCHED = "switched", _("Tried again with another provider")

    video = models.ForeignKey(
        "videos.Video", models.CASCADE, related_name="events", verbose_name=_("video")
    )
    kind = models.CharField(_("what happened"), max_length=20, choices=Kind)
    detail = models.CharField(_("detail"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.get_kind_display()}"
