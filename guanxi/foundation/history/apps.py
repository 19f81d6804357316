from django.apps import AppConfig


class History(AppConfig):
    name = "guanxi.foundation.history"
    label = "history"
