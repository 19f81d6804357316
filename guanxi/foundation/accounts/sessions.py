"""Sessions as Django keeps them in the database, read by one statement written once: every page does."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from guanxi.foundation.rows import first


class SessionStore(db.SessionStore):
    """Sessions in the database."""

    def _get_session_from_db(self) -> Session | None:  # what `load` and `aload` of the parent are made of
        found = first(Session, "session_key = %s AND expire_date > %s", [self.session_key, timezone.now()])
        if found is None:
            self._session_key = None
        return found
