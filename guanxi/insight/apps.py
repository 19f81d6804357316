from django.apps import AppConfig


class Insight(AppConfig):
    name = "guanxi.insight"
    label = "insight"
