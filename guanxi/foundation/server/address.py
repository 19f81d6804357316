"""Where the database is: the company's own server, or the one DATABASE_URL names. Nothing is started here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from guanxi.foundation.errors import UserError
from guanxi.foundation.server.place import place_of

ROLE = "guanxi"
PARTS = ("host", "port", "user", "password", "dbname")


@dataclass(frozen=True)
class Address:
    """One database. `options` are libpq's connection parameters beyond the usual five, such as ``sslmode``."""

    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""
    dbname: str = ROLE
    options: tuple[tuple[str, str], ...] = ()

    @property
    def conninfo(self) -> str:
        """As libpq's keyword string, for psycopg and DuckDB."""
        parts = {name: getattr(self, name) for name in PARTS}
        return make_conninfo("", **{name: value for name, value in parts.items() if value}, **dict(self.options))

    @property
    def url(self) -> str:
        """As a URL, for SQLAlchemy (put ``+psycopg`` behind the scheme) and pg_dump."""
        secret = f":{quote(self.password, safe='')}" if self.password else ""
        person = f"{quote(self.user, safe='')}{secret}@" if self.user else ""
        asked = {"host": self.host, "port": self.port, **dict(self.options)}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"postgresql://{person}/{quote(self.dbname, safe='')}" + (f"?{query}" if query else "")


def address(home: Path, environ: Mapping[str, str]) -> Address:
    """The database of the company in `home`: DATABASE_URL if set, otherwise our own server's.

    Raises:
        UserError: DATABASE_URL cannot be read.
    """
    url = environ.get("DATABASE_URL")
    return parsed_address(url) if url else embedded_address(home)


def embedded_address(home: Path) -> Address:
    """The address of the company's own server, whether it runs or not."""
    return Address(host=str(place_of(home).sockets), port="5432", user=ROLE)


def parsed_address(url: str) -> Address:
    """Read a PostgreSQL URL or keyword string."""
    try:
        given = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    except ProgrammingError as problem:
        raise UserError(
            "DATABASE_URL cannot be read as the address of a PostgreSQL database; "
            "it looks like postgresql://user:password@host:5432/name."
        ) from problem
    usual = {name: given.pop(name) for name in PARTS if name in given}
    return Address(**usual, options=tuple(sorted(given.items())))


def database_settings(home: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    """What Django calls ``DATABASES["default"]``: pooled connections, none of them outliving a request."""
    database = address(home, environ)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database.dbname,
        "USER": database.user,
        "PASSWORD": database.password,
        "HOST": database.host,
        "PORT": database.port,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**dict(database.options), "pool": {"min_size": 1, "max_size": 16, "timeout": 10}},
    }
