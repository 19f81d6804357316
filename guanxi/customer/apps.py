from django.apps import AppConfig


class Customer(AppConfig):
    name = "guanxi.customer"
    label = "customer"
