"""How an app tells the house what it brings, when the program starts.

Apps import this module, not the class: Django takes every AppConfig among the names of an `apps.py` for a candidate.
"""

from importlib import import_module

from django.apps import AppConfig


class StartingApp(AppConfig):
    """An app with a `beginning.py`, whose `register()` is called once. Models can be imported there, and not before."""

    def ready(self) -> None:
        import_module(f"{self.name}.beginning").register()
