from django.apps import AppConfig


class Entrance(AppConfig):
    name = "guanxi.foundation.entrance"
    label = "entrance"
