from django.apps import AppConfig


class Jobs(AppConfig):
    name = "guanxi.foundation.jobs"
    label = "jobs"
