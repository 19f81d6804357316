"""The index of the search words takes what is new into a list, which every search reads through until it is sorted in.

Who writes customers by the hundred thousand would stop and sort every few thousand rows, for a fifth of the database's
time; another process of the database can do that beside him.
"""

from django.db import connection

INDEX = "party_search"
MOST = "64MB"  # of the list, some 100,000 customers: who comes to that sorts it in himself


def leave_unsorted() -> None:
    """What this transaction writes is not sorted in by it. `sort_in` is to follow soon."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gin_pending_list_limit', %s, true)", [MOST])


def sort_in() -> None:
    """Sort in all that is waiting. Others write and search meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [INDEX])
