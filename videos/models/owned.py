"""The one owner check: every object that belongs to a person is reached through it."""

from typing import Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

from videos.models.user import User

_Row = TypeVar("_Row", bound=models.Model, covariant=True)


class OwnedQuerySet(models.QuerySet[_Row]):
    """A QuerySet of a model whose ``owner_field`` leads to its owner."""

    owner_field = "owner"

    def for_user(self, user: User | AnonymousUser) -> Self:
        """Return the rows that ``user`` owns: none for a visitor who is not logged in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(**{self.owner_field: user})
