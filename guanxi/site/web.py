"""What a web process runs: the WSGI application, in a process that ends when its parent does."""

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from guanxi.site.family import die_with_parent


def application() -> WSGIHandler:
    """Called once in every web process."""
    die_with_parent()
    return get_wsgi_application()
