from django.apps import AppConfig


class Transfer(AppConfig):
    name = "guanxi.integration.transfer"
    label = "transfer"
