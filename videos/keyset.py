"""Keyset pagination: pages by the last row of the page before, so added rows shift nothing."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

PAGE_SIZE = 24
MAX_COUNT = 10_000  # rows that are counted

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Order:
    """The field or annotation (never null) that rows are sorted by; the primary key breaks ties."""

    field: str
    descending: bool = False

    @property
    def columns(self) -> tuple[str, str]:
        """The two columns for ``order_by``."""
        sign = "-" if self.descending else ""
        return f"{sign}{self.field}", f"{sign}pk"


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one page, and the cursor of the next page ("" on the last one)."""

    rows: list[Row]
    next: str


@dataclass(frozen=True)
class RowCount:
    """How many rows there are, or how many there are at least."""

    number: int
    is_exact: bool

    def less(self, number: int) -> "RowCount":
        """Return the count without so many of the rows, where it is exact."""
        return replace(self, number=self.number - number) if self.is_exact else self

    def __add__(self, other: "RowCount") -> "RowCount":
        return RowCount(self.number + other.number, self.is_exact and other.is_exact)

    def __bool__(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        return f"{self.number}" if self.is_exact else f"{self.number}+"


def fetch_page(
    queryset: QuerySet[Row], order: Order, cursor: str = "", size: int = PAGE_SIZE
) -> Page[Row]:
    """Return the page that ``cursor`` names: the first if it is empty or invalid."""
    rows = list(_rows_after(queryset, order, cursor).order_by(*order.columns)[: size + 1])
    has_more = len(rows) > size
    return Page(rows[:size], _make_cursor(rows[size - 1], order) if has_more else "")


def count_rows(rows: QuerySet[Row], limit: int | None = None) -> RowCount:
    """Count ``rows`` up to the limit: who has more is told so, and waits for no count."""
    limit = MAX_COUNT if limit is None else limit
    count = rows.order_by().values("pk")[: limit + 1].count()
    return RowCount(min(count, limit), is_exact=count <= limit)


def is_valid_cursor(cursor: str, model: type[Model], order: Order) -> bool:
    """Return whether ``cursor`` was signed by us for this list."""
    try:
        signing.loads(cursor, salt=_salt(model, order))
    except signing.BadSignature:
        return False
    return True


def _rows_after(queryset: QuerySet[Row], order: Order, cursor: str) -> QuerySet[Row]:
    try:
        value, pk = signing.loads(cursor, salt=_salt(queryset.model, order))
    except signing.BadSignature:
        return queryset
    lookup = "lt" if order.descending else "gt"
    return queryset.filter(
        Q(**{f"{order.field}__{lookup}e": value}),  # lets the database use its index
        Q(**{f"{order.field}__{lookup}": value}) | Q(**{f"pk__{lookup}": pk}),
    )


def _make_cursor(row: Model, order: Order) -> str:
    position = [str(getattr(row, order.field)), str(row.pk)]
    return signing.dumps(position, salt=_salt(type(row), order))


def _salt(model: type[Model], order: Order) -> str:
    """Return the salt that makes a cursor valid for one model in one order only."""
    return f"keyset.{model._meta.label}.{order.columns}"
