"""The admin of reviews: the queue of reported videos, and what operators decide."""

from typing import cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from videos.admin.large_tables import LargeTable, count_related
from videos.admin.read_only import ReadOnlyInline
from videos.admin.search import AnyIdSearch
from videos.models import Report, Review, User
from videos.share import reports

COLUMNS = ("opened_at", "hidden_at", "answer", "answered_at")
DECISION = ("decision", "decided_at", "decided_by")


class ReportInline(ReadOnlyInline):
    """The reports of a review, read-only."""

    model = Report
    fields = readonly_fields = ("created_at", "reason", "note", "reporter", "network")


@admin.register(Review)
class ReviewAdmin(AnyIdSearch, LargeTable, admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    """Every reported video with its reports, its owner's answer and the decision."""

    list_display = (
        *("video", "owner", "report_count", "decision", "decided_by"),
        *("hidden_at", "answered_at", "opened_at"),
    )
    list_filter = ("decision", ("hidden_at", admin.EmptyFieldListFilter), "reports__reason")
    list_select_related = ("video__owner", "video__track", "decided_by")
    search_texts = ("video__track__title", "video__owner__email", "reports__note")
    search_ids = ("video__slug",)
    search_spans_many = True
    ordering = ("decision", "-hidden_at", "-opened_at")  # the open ones first
    fields = ("video", "page", *COLUMNS, *DECISION, "note")
    readonly_fields = ("video", "page", *COLUMNS, *DECISION)
    inlines = (ReportInline,)
    actions = ("dismiss", "take_down")
    change_form_template = "admin/videos/review/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        """Annotate the number of their reports."""
        rows: QuerySet[Review] = super().get_queryset(request)
        return rows.annotate(reports_sent=count_related(Report.objects.all(), "review"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Reports open reviews; the action of a video takes it down without one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Decisions are kept: a review goes with its video only."""
        match = request.resolver_match
        is_own_page = match is not None and (match.url_name or "").startswith("videos_review_")
        return not is_own_page and super().has_delete_permission(request, obj)

    def response_change(self, request: HttpRequest, obj: Review) -> HttpResponse:
        """Decide by the button that was pressed, after the note is saved."""
        for name in self.actions:
            if f"_{name}" in request.POST:
                getattr(self, name)(request, Review.objects.filter(pk=obj.pk))
                return redirect(request.path)
        return super().response_change(request, obj)

    def save_model(self, request: HttpRequest, obj: Review, form: object, change: bool) -> None:
        """Write the note alone: visitors and the owner may have changed the rest."""
        obj.save(update_fields=["note"])

    @admin.action(description=gettext_lazy("The video may stay"), permissions=["change"])
    def dismiss(self, request: HttpRequest, queryset: QuerySet[Review]) -> None:
        """Dismiss the reports: the video is shared again, and reports hide it no more."""
        self._decide(request, queryset, Review.Decision.DISMISSED)

    @admin.action(description=gettext_lazy("Take the video down"), permissions=["change"])
    def take_down(self, request: HttpRequest, queryset: QuerySet[Review]) -> None:
        """Hide the videos from everybody but their owners."""
        self._decide(request, queryset, Review.Decision.TAKEN_DOWN)

    def _decide(
        self, request: HttpRequest, queryset: QuerySet[Review], decision: Review.Decision
    ) -> None:
        operator = cast(User, request.user)
        decided = [row for row in queryset if reports.decide(row, decision, operator)]
        for row in decided:
            self.log_change(request, row, str(decision.label))
        if not decided:
            self.message_user(request, _("There was nothing to do."), messages.WARNING)
            return
        count = len(decided)
        text = ngettext("%(count)d video is decided.", "%(count)d videos are decided.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)

    @admin.display(description=gettext_lazy("owner"), ordering="video__owner__email")
    def owner(self, review: Review) -> str:
        """Return the owner of the video."""
        return str(review.video.owner)

    @admin.display(description=gettext_lazy("reports"), ordering="reports_sent")
    def report_count(self, review: Review) -> int:
        """Return the number of reports."""
        count: int = getattr(review, "reports_sent", 0)
        return count

    @admin.display(description=gettext_lazy("page"))
    def page(self, review: Review) -> str:
        """Return the address of the share page, which a hidden video's owner alone can open."""
        return reports.page_of(review)
