from importlib import import_module

from django.apps import AppConfig


class Customer(AppConfig):
    name = "guanxi.customer"
    label = "customer"

    def ready(self) -> None:
        """Models can be imported only from here on."""
        import_module("guanxi.customer.beginning").register()
