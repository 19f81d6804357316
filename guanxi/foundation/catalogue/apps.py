from django.apps import AppConfig


class Catalogue(AppConfig):
    name = "guanxi.foundation.catalogue"
    label = "catalogue"
