from django.apps import AppConfig


class Push(AppConfig):
    name = "guanxi.foundation.push"
    label = "push"
