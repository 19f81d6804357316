"""Imports of one source take turns; a process that dies gives its turn back."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

SPACE = 0x67787472  # "gxtr"


@contextmanager
def turn(source_key: str) -> Iterator[bool]:
    """Try to get the source's turn and hold it on this connection; False when another import has it."""
    key = zlib.crc32(source_key.encode()) - 2**31
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [SPACE, key])
        ((mine,),) = cursor.fetchall()
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [SPACE, key])
