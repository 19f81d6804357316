from importlib import import_module

from django.apps import AppConfig


class Insight(AppConfig):
    name = "guanxi.insight"
    label = "insight"

    def ready(self) -> None:
        """Models can be imported only from here on."""
        import_module("guanxi.insight.beginning").register()
