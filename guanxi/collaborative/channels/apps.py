from django.apps import AppConfig


class Channels(AppConfig):
    name = "guanxi.collaborative.channels"
    label = "channels"
