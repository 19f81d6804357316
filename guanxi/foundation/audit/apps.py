from django.apps import AppConfig


class Audit(AppConfig):
    name = "guanxi.foundation.audit"
    label = "audit"
