"""Search by words and by any id, or a part of one, in the admin."""

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from videos.search import matching


class AnyIdSearch:
    """Gives a ``ModelAdmin`` the site's own search."""

    search_texts: tuple[str, ...] = ()
    search_ids: tuple[str, ...] = ()

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Return what is searched, so that the search box is shown."""
        return (*self.search_texts, *self.search_ids)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        """Return the rows with each word of ``search_term``, and that each may come many times."""
        found = matching(queryset, search_term, texts=self.search_texts, ids=self.search_ids)
        return found, True
