"""Pages of a list by the last row seen, so that rows added meanwhile shift nothing."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

PAGE_SIZE = 24

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Order:
    """By which field or annotation (never null) rows are sorted; their key breaks ties."""

    field: str
    descending: bool = False

    @property
    def columns(self) -> tuple[str, str]:
        """Return the two columns for ``order_by``."""
        sign = "-" if self.descending else ""
        return f"{sign}{self.field}", f"{sign}pk"


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, and the cursor of the page after them (empty on the last page)."""

    rows: list[Row]
    next: str


def page(rows: QuerySet[Row], order: Order, cursor: str = "", size: int = PAGE_SIZE) -> Page[Row]:
    """Return the page that ``cursor`` names: the first where it is empty or not one of ours."""
    found = list(_after(rows, order, cursor).order_by(*order.columns)[: size + 1])
    more = len(found) > size
    return Page(found[:size], _cursor(found[size - 1], order) if more else "")


def is_known(cursor: str, model: type[Model], order: Order) -> bool:
    """Say whether ``cursor`` is one that we made for this list."""
    try:
        signing.loads(cursor, salt=_salt(model, order))
    except signing.BadSignature:
        return False
    return True


def _after(rows: QuerySet[Row], order: Order, cursor: str) -> QuerySet[Row]:
    try:
        value, pk = signing.loads(cursor, salt=_salt(rows.model, order))
    except signing.BadSignature:
        return rows
    beyond = "lt" if order.descending else "gt"
    return rows.filter(
        Q(**{f"{order.field}__{beyond}e": value}),  # lets the database use its index
        Q(**{f"{order.field}__{beyond}": value}) | Q(**{f"pk__{beyond}": pk}),
    )


def _cursor(row: Model, order: Order) -> str:
    place = [str(getattr(row, order.field)), str(row.pk)]
    return signing.dumps(place, salt=_salt(type(row), order))


def _salt(model: type[Model], order: Order) -> str:
    """Tie a cursor to its list: that of another order would lead to a wrong place."""
    return f"keyset.{model._meta.label}.{order.columns}"
