"""The index of the search words takes what is new into a list, which every search reads through until it is sorted in.

Whoever finds the list too long sorts it in, which takes a large import a fifth of the database's time, unless somebody
else is at it.
"""

from django.db import connection

INDEX = "party_search"


def sort_in() -> None:
    """Sort in all that is waiting. Others write and search meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [INDEX])
