"""Search, filters and order of lists, from the query string."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from videos import search
from videos.keyset import Order
from videos.models import Track, Video
from videos.models.video_queryset import VideoQuerySet
from videos.providers.registry import available, vendors
from videos.render.options import OPTIONS
from videos.statuses import VideoStatus, Visibility

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_PK = 2**63 - 1
NEWEST = Order("created_at", descending=True)
ORDERS = {"newest": NEWEST, "oldest": Order("created_at"), "title": Order("title_key")}
AT_RISK = "at_risk"  # a film that only its vendor has
ORDER_NAMES = [("newest", _("Newest first")), ("oldest", _("Oldest first")), ("title", _("Title"))]


def _provider_choices() -> list[tuple[str, object]]:
    return [("", _("Every provider")), *((each.key, each.label) for each in available())]


def _option_choices(name: str, every: "StrOrPromise") -> Callable[[], list[tuple[str, object]]]:
    """Return what lists the values of an option of films, after the label of all of them."""
    option = next(option for option in OPTIONS if option.name == name)
    return lambda: [("", every), *((str(value), gettext(label)) for value, label in option.choices)]


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
    visibility = forms.ChoiceField(
        label=_("Visibility"),
        choices=[("", _("Every visibility")), *Visibility.choices],
        required=False,
    )
    format = forms.ChoiceField(
        label=_("Shape"), choices=_option_choices("format", _("Every shape")), required=False
    )
    look = forms.ChoiceField(
        label=_("Look"), choices=_option_choices("look", _("Every look")), required=False
    )
    song = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=MAX_PK, required=False
    )
    sort = forms.ChoiceField(label=_("Sort"), choices=ORDER_NAMES, required=False)

    def __init__(self, data: QueryDict) -> None:
        """Leave out the provider where there is only one."""
        super().__init__(data)
        if not vendors():
            del self.fields["provider"]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The filters beside the search."""
        return [self["status"], self["sort"]]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The filters that few people use, which the page shows when they are opened."""
        names = ("visibility", "format", "look", "provider")
        return [self[name] for name in names if name in self.fields]

    @property
    def are_more_used(self) -> bool:
        """Whether one of them narrows the list."""
        return any(field.value() for field in self.more_fields)

    @property
    def is_narrowing(self) -> bool:
        """Whether the list may lack some of the videos."""
        return any(self.data.get(name) for name in self.fields if name != "sort")

    @property
    def song_pk(self) -> int:
        """The song whose films are listed, 0 for all songs."""
        self.is_valid()
        return self.cleaned_data.get("song") or 0

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
        columns = {"provider": "provider", "visibility": "visibility", "format": "format"}
        columns |= {"look": "look", "song": "track"}
        rows = rows.filter(
            **{column: values[name] for name, column in columns.items() if values.get(name)}
        )
        matching = search.filter_rows(
            rows, values.get("q", ""), texts=search.VIDEO_TEXTS, ids=search.VIDEO_IDS
        )
        return matching.annotate(title_key=Lower("track__title"))
