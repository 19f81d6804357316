"""What a web process runs: the WSGI application, in a process that ends when its parent does."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from guanxi.site.family import die_with_parent

# Many short questions at once: none may take all cores, and none goes on when nobody waits for it any more.
MANNERS = "-c max_parallel_workers_per_gather=0 -c jit=off -c statement_timeout=60s"


def application() -> WSGIHandler:
    """Called once in every web process."""
    die_with_parent()
    os.environ.setdefault("PGOPTIONS", MANNERS)
    return get_wsgi_application()
