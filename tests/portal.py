"""A portal with a stand-in of a vendor, whose workers and clock the tests move by hand."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from tests.standin import StandIn
from videos import pipeline
from videos.models import Track, User, Video


class Portal:
    """One creator, one vendor, and workers that the test calls."""

    def __init__(self, vendor: StandIn, owner: User) -> None:
        self.vendor, self.owner = vendor, owner

    def track(self) -> Track:
        song = self.vendor.add_song()
        return pipeline.find_song(self.owner, self.vendor.vendor, song.task_id).tracks.latest("pk")

    def order(self, track: Track | None = None) -> Video:
        request = pipeline.OrderRequest(
            track=track or self.track(),
            provider=self.vendor.vendor,
            author="Ada",
            domain_name="example.com",
        )
        return pipeline.order(self.owner, request)[0]

    def work(self, video: Video) -> Video:
        """Make ``video`` due, let a worker advance it by one step, and return the row."""
        now = timezone.now()
        Video.objects.filter(pk=video.pk, due_at__isnull=False).update(due_at=now)
        Video.objects.filter(pk=video.pk).update(polled_at=None)
        pipeline.advance(video.pk)
        return Video.objects.get(pk=video.pk)

    def age(self, video: Video, **time: float) -> None:
        """Move the times at which ``video`` was ordered and submitted back by ``time``."""
        past = timedelta(**time)
        Video.objects.filter(pk=video.pk).update(
            queued_at=F("queued_at") - past, submitted_at=F("submitted_at") - past
        )

    def orders_sent(self) -> int:
        return sum(self.vendor.count("POST", path) for path in ("mp4/generate", "job/CreateTask"))
