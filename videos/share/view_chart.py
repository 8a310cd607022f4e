"""The views of a video as its owner sees them: sums, and a bar for each of the last days."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from videos.models import Video, ViewCount

DAYS = 30
HEIGHT = 96  # of the chart in its own units, as are those of bars
DAY_WIDTH = 10
BAR_WIDTH = 7
MIN_HEIGHT = 2.5  # of a bar: one view among thousands is still to be seen
GAP = 0.8  # between the two parts of a bar
Place = ViewCount.Place


@dataclass(frozen=True)
class Bar:
    """A day: its views, and the parts of its bar, from ``top`` down."""

    day: date
    page: int
    embed: int
    x: float
    page_top: float
    page_height: float
    embed_top: float
    embed_height: float

    @property
    def total(self) -> int:
        """The views of the day."""
        return self.page + self.embed


@dataclass(frozen=True)
class ViewChart:
    """All views of a video, by place, and the bars of the last days."""

    page: int
    embed: int
    bars: list[Bar]

    width = DAYS * DAY_WIDTH
    height = HEIGHT
    bar_width = BAR_WIDTH

    @property
    def total(self) -> int:
        """All views there ever were."""
        return self.page + self.embed

    @property
    def recent(self) -> int:
        """The views of these days."""
        return sum(bar.total for bar in self.bars)

    @property
    def peak(self) -> int:
        """The views of the best of these days."""
        return max(bar.total for bar in self.bars)

    @property
    def days_with_views(self) -> list[Bar]:
        """The days on which somebody watched, the last one first."""
        return [bar for bar in reversed(self.bars) if bar.total]


def view_chart(video: Video) -> ViewChart:
    """Return the views of ``video`` for its owner."""
    counts = ViewCount.objects.filter(video=video)
    totals = counts.by_place()
    last = timezone.localdate()
    days = [last - timedelta(days=DAYS - 1 - number) for number in range(DAYS)]
    rows = counts.filter(day__gte=days[0]).values_list("day", "place", "count")
    views = {(day, place): count for day, place, count in rows}
    peak = max((sum(views.get((day, place), 0) for place in Place) for day in days), default=0)
    bars = [
        _bar(number, day, views.get((day, Place.PAGE), 0), views.get((day, Place.EMBED), 0), peak)
        for number, day in enumerate(days)
    ]
    return ViewChart(totals.get(Place.PAGE, 0), totals.get(Place.EMBED, 0), bars)


def _bar(number: int, day: date, page: int, embed: int, peak: int) -> Bar:
    """Return the bar of a day: the views of the page stand on the ground, the others on them."""
    room = HEIGHT - 2 * MIN_HEIGHT - GAP  # so that even two parts of the least height fit
    heights = [MIN_HEIGHT + room * count / peak if count else 0.0 for count in (page, embed)]
    page_top = HEIGHT - heights[0]
    embed_top = page_top - heights[1] - (GAP if page and embed else 0)
    x = number * DAY_WIDTH + (DAY_WIDTH - BAR_WIDTH) / 2
    values = (x, page_top, heights[0], embed_top, heights[1])
    return Bar(day, page, embed, *(round(value, 2) for value in values))
