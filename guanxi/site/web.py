"""What a web process runs: the WSGI application, in a process that ends when its parent does."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from guanxi.site.family import die_with_parent

ONE_CORE = "-c max_parallel_workers_per_gather=0 -c jit=off"  # many short questions at once: none may take all cores


def application() -> WSGIHandler:
    """Called once in every web process."""
    die_with_parent()
    os.environ.setdefault("PGOPTIONS", ONE_CORE)
    return get_wsgi_application()
