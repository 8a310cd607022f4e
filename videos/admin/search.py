"""Search in the admin, by words and by any id or a part of one."""

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from videos.search import filter_rows


class AnyIdSearch:
    """Gives a ``ModelAdmin`` the site's own search."""

    search_texts: tuple[str, ...] = ()
    search_ids: tuple[str, ...] = ()
    search_spans_many = False  # True where one row can match by several related rows

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Return the fields that are searched, so that the admin shows the search box."""
        return (*self.search_texts, *self.search_ids)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        """Return the rows with each word of ``search_term``, and whether some may be there twice.

        Where there are no duplicates, saying so all the same makes the database sort and compare
        every column of the table.
        """
        matching = filter_rows(queryset, search_term, texts=self.search_texts, ids=self.search_ids)
        return matching, bool(search_term) and self.search_spans_many
