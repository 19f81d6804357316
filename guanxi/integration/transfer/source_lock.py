"""Imports of one source take turns; a process that dies gives its turn back."""

import zlib
from contextlib import AbstractContextManager

from guanxi.foundation.locks import Lock, tried


def turn(source_key: str) -> AbstractContextManager[bool]:
    """Try to get the source's turn and hold it on this connection; False when another import has it."""
    return tried(Lock.TRANSFER, zlib.crc32(source_key.encode()) - 2**31)
