from django.apps import AppConfig


class Company(AppConfig):
    name = "guanxi.foundation.company"
    label = "company"
