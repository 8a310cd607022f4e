"""Sessions as rows of the database, which know when they end."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone


class SessionStore(db.SessionStore):
    """A session whose end can be moved without a write of its data.

    Two requests of one session may run at once: a save of all columns by one of them would undo
    what the other one wrote.
    """

    expire_date: datetime | None = None

    def _get_session_from_db(self) -> Session | None:
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # no stub
        self.expire_date = row.expire_date if row else None
        return row

    def renew(self) -> bool:
        """Start the session's time anew if less than half of it is left; return whether it did."""
        age = self.get_expiry_age()  # seconds
        now = timezone.now()
        if self.expire_date is None or (self.expire_date - now).total_seconds() > age / 2:
            return False
        rows = self.model.objects.filter(session_key=self.session_key, expire_date__gt=now)
        return bool(rows.update(expire_date=self.get_expiry_date(modification=now)))
