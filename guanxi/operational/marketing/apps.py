from django.apps import AppConfig


class Marketing(AppConfig):
    name = "guanxi.operational.marketing"
    label = "marketing"
