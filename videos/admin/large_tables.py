"""Lists of tables that grow: what they count, and what they offer as filters, reads no whole table.

Rows are counted exactly up to a limit. Beyond it PostgreSQL's planner estimates how many there are,
and SQLite, which does not estimate, tells that there are more.
"""

import json
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from videos.vendors import BUILTIN, VENDORS

MAX_EXACT_COUNT = 10_000


class EstimatingPaginator(Paginator):  # type: ignore[type-arg]  # generic for mypy only
    """Pages of rows whose number is exact up to the limit."""

    max_count = MAX_EXACT_COUNT

    @cached_property
    def count(self) -> int:
        """The number of rows: an estimate, or one more than the limit, where they are more."""
        rows: QuerySet[Model] = self.object_list  # type: ignore[assignment]
        first = rows.order_by().values("pk")[: MAX_EXACT_COUNT + 1].count()
        return first if first <= MAX_EXACT_COUNT else max(first, _estimate(rows))

    @property
    def is_estimated(self) -> bool:
        """Whether ``count`` is an estimate."""
        return self.count > MAX_EXACT_COUNT + 1

    @property
    def is_limited(self) -> bool:
        """Whether there are more rows than the limit, and nobody estimates how many."""
        return self.count == MAX_EXACT_COUNT + 1


def _estimate(rows: QuerySet[Model]) -> int:
    """Return the planner's estimate of the number of ``rows``, 0 where there is none."""
    if connection.vendor != "postgresql":
        return 0
    plan = json.loads(rows.order_by().values("pk").explain(format="json"))
    return int(plan[0]["Plan"]["Plan Rows"])


class LargeTable:
    """Makes the list of a ``ModelAdmin`` one of a table that grows."""

    paginator: Any = EstimatingPaginator
    show_full_result_count = False
    list_per_page = 50


class ProviderFilter(admin.SimpleListFilter):
    """Filters by the provider; stock Django would look through the table for the choices."""

    title = _("provider")
    parameter_name = "provider"
    lookup = "provider"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Model]"
    ) -> list[tuple[str, str]]:
        """Return the choices."""
        vendors = [(key, facts.label) for key, facts in VENDORS.items()]
        return [(BUILTIN, str(_("Built-in renderer"))), *vendors]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        """Return the rows of the selected provider."""
        return queryset.filter(**{self.lookup: self.value()}) if self.value() else queryset


def count_related(rows: QuerySet[Model], field: str) -> Coalesce:
    """Return how many of ``rows`` have the row of the outer query in their ``field``.

    A join that is grouped would read both tables before the first page is known.
    """
    own = rows.filter(**{field: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(own.values(field).annotate(n=Count("pk")).values("n")), 0)
