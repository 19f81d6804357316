"""Bulk facts (order lines, page views, scans) as Iceberg tables on Parquet, behind append, read, erase and compact.

The history knows no customer: facts belong to a source identity (source, external id), and whoever reads joins the
identity map. `store()` is the company's history; `Store(folder, dsn)` is any other.
"""

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from guanxi.foundation.history.catalogue import MisplacedHistoryError
from guanxi.foundation.history.checking import BatchRefusedError, Reason
from guanxi.foundation.history.datasets import Dataset, declare
from guanxi.foundation.history.intake import Appended, Facts
from guanxi.foundation.history.reading import Changed, Reading, UnknownSnapshotError
from guanxi.foundation.history.store import Store

__all__ = [
    "Appended",
    "BatchRefusedError",
    "Changed",
    "Dataset",
    "Facts",
    "MisplacedHistoryError",
    "Reading",
    "Reason",
    "Store",
    "UnknownSnapshotError",
    "declare",
    "store",
]


def store() -> Store:
    """The history of the company whose database and data folder the settings name."""
    place = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: str(place[key]) for name, key in names.items() if place[key]}
    options = {name: value for name, value in place["OPTIONS"].items() if isinstance(value, str)}
    return Store(settings.GUANXI_HOME / "history", make_conninfo("", **given, **options))
