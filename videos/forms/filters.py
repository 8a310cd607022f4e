"""Search, filters and order of lists, from the query string."""

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from videos import search
from videos.keyset import Order
from videos.models import Track, Video
from videos.models.video_queryset import VideoQuerySet
from videos.providers.registry import available, vendors
from videos.statuses import VideoStatus

NEWEST = Order("created_at", descending=True)
ORDERS = {"newest": NEWEST, "oldest": Order("created_at"), "title": Order("title_key")}
AT_RISK = "at_risk"  # a film that only its vendor has
ORDER_NAMES = [("newest", _("Newest first")), ("oldest", _("Oldest first")), ("title", _("Title"))]


def _provider_choices() -> list[tuple[str, object]]:
    return [("", _("Every provider")), *((each.key, each.label) for each in available())]


class SongFilter(forms.Form):
    """Narrows a creator's songs."""

    q = forms.CharField(
        label=_("Search"),
        max_length=200,
        required=False,
        widget=forms.SearchInput(attrs={"placeholder": _("Title, tags or id")}),
    )
    order = NEWEST

    def narrow(self, rows: QuerySet[Track]) -> QuerySet[Track]:
        """Return the ``rows`` that match; invalid values filter nothing."""
        self.is_valid()
        query = self.cleaned_data.get("q", "")
        return search.filter_rows(rows, query, texts=search.TRACK_TEXTS, ids=search.TRACK_IDS)


class VideoFilter(forms.Form):
    """Narrows and sorts a creator's videos."""

    q = forms.CharField(
        label=_("Search"),
        max_length=200,
        required=False,
        widget=forms.SearchInput(attrs={"placeholder": _("Title, author, tags or id")}),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[
            ("", _("Every status")),
            *VideoStatus.choices,
            (AT_RISK, _("Only at the vendor")),
        ],
        required=False,
    )
    provider = forms.ChoiceField(label=_("Provider"), choices=_provider_choices, required=False)
    sort = forms.ChoiceField(label=_("Sort"), choices=ORDER_NAMES, required=False)

    def __init__(self, data: QueryDict) -> None:
        """Leave out the provider where there is only one."""
        super().__init__(data)
        if not vendors():
            del self.fields["provider"]

    @property
    def order(self) -> Order:
        """Return the order that the query names, the newest first where it names none of ours."""
        return ORDERS.get(self.data.get("sort", ""), NEWEST)

    def narrow(self, rows: "VideoQuerySet[Video]") -> QuerySet[Video]:
        """Return the ``rows`` that match; invalid values filter nothing."""
        self.is_valid()
        values = self.cleaned_data
        if values.get("status") == AT_RISK:
            rows = rows.at_risk()
        elif values.get("status"):
            rows = rows.filter(status=values["status"])
        if values.get("provider"):
            rows = rows.filter(provider=values["provider"])
        matching = search.filter_rows(
            rows, values.get("q", ""), texts=search.VIDEO_TEXTS, ids=search.VIDEO_IDS
        )
        return matching.annotate(title_key=Lower("track__title"))
