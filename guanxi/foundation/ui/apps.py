from django.apps import AppConfig


class Ui(AppConfig):
    name = "guanxi.foundation.ui"
    label = "ui"
