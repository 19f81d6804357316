from django.apps import AppConfig


class Accounts(AppConfig):
    name = "guanxi.foundation.accounts"
    label = "accounts"
