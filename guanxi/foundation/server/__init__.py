"""PostgreSQL without an administrator: a server of our own in the data folder, unless DATABASE_URL names another.

``use(home)`` is what a program calls: the first one starts the server, the last one out stops it.
"""

from guanxi.foundation.server.address import Address, address, database_settings
from guanxi.foundation.server.place import make_home
from guanxi.foundation.server.process import is_running, start, stop
from guanxi.foundation.server.usage import use

__all__ = ["Address", "address", "database_settings", "is_running", "make_home", "start", "stop", "use"]
