from django.apps import AppConfig


class Access(AppConfig):
    name = "guanxi.foundation.access"
    label = "access"
